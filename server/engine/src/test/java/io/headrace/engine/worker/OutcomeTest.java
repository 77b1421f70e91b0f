package io.headrace.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ExecutionException;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void durationsAreSaidInWords() {
        assertThat(Outcome.inWords(Duration.ofMillis(250))).isEqualTo("250 ms");
        assertThat(Outcome.inWords(Duration.ofSeconds(5))).isEqualTo("5s");
        assertThat(Outcome.inWords(Duration.ofSeconds(3_725))).isEqualTo("1h 2m 5s");
    }

    @Test
    void aPlaceThatIsUnavailableIsTriedAgainAndOneThatIsWrongIsNot() {
        var down =
                new ExecutionException(ExecutionException.Kind.UNAVAILABLE, "the engine is down");
        var missing = new ExecutionException(ExecutionException.Kind.NO_SUCH_IMAGE, "no image");

        assertThat(Outcome.of(down).failure()).isEqualTo(Failure.SERVICE_DOWN);
        assertThat(Outcome.of(missing).failure()).isEqualTo(Failure.CONFIGURATION);
        assertThat(Outcome.of(missing).status()).isEqualTo(Status.ERRORED);
        assertThat(Outcome.of(missing).reason()).isEqualTo("no image");
    }

    @Test
    void aTimeLimitIsTheAuthorsToFix() {
        var ending = Outcome.timedOut("the job", Duration.ofMinutes(5), false);

        assertThat(ending.status()).isEqualTo(Status.FAILED);
        assertThat(ending.reason()).isEqualTo("the job took longer than its time limit of 5m");
    }

    @Test
    void whatAShutdownInterruptedIsRunAgain() {
        var ending = Outcome.interrupted(Interruption.Cause.SHUT_DOWN, Duration.ofMinutes(1));

        assertThat(ending.retry()).isTrue();
        assertThat(ending.reason()).isEqualTo("the server was shut down while it ran");
    }
}
