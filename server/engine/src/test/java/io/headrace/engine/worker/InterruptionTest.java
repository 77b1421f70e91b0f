package io.headrace.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterruptionTest {

    @Test
    void theFirstCauseWins() {
        var interruption = new Interruption();

        interruption.stop(Interruption.Cause.CANCELLED);
        interruption.stop(Interruption.Cause.TIMED_OUT);

        assertThat(interruption.cause()).isEqualTo(Interruption.Cause.CANCELLED);
    }

    @Test
    void anAttemptThatIsStoppedBeforeItBeginsIsInterruptedAtOnce() {
        var interruption = new Interruption();
        interruption.stop(Interruption.Cause.CANCELLED);

        interruption.attach();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptThatComesTooLateIsForgotten() {
        var interruption = new Interruption();
        interruption.attach();

        interruption.stop(Interruption.Cause.LOST);
        interruption.detach();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
