package io.headrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way a job's life may go. */
class JobStateTest {

    @ParameterizedTest
    @EnumSource(Status.class)
    void eachStatusIsTheStatusOfItsState(Status status) {
        assertThat(JobState.of(status).status()).isEqualTo(status);
    }

    @Test
    void onlyWhatDidNotSucceedIsTriedAgainAfterItsEnd() {
        expect(
                new JobState.Ended(Status.ERRORED).requeue("queued again by ada"),
                "ERRORED → QUEUED: queued again by ada");
        expect(new JobState.Ended(Status.FAILED).requeue(""), "FAILED → QUEUED");
        expect(new JobState.Ended(Status.CANCELLED).reopen(), "CANCELLED → PENDING");
        assertThatThrownBy(() -> new JobState.Ended(Status.SUCCEEDED).requeue(""))
                .hasMessage("A job that is SUCCEEDED isn't tried again");
        assertThatThrownBy(() -> new JobState.Ended(Status.CANCELLED).requeue(""))
                .hasMessage("A job that is CANCELLED isn't tried again");
        assertThatThrownBy(() -> new JobState.Ended(Status.SUCCEEDED).reopen())
                .hasMessage("A job that is SUCCEEDED wasn't cancelled");
    }

    @Test
    void theWaysOutAreThoseOfTheModelAndNoOthers() {
        assertThat(exits(new JobState.Pending())).containsExactly("cancel", "hold", "queue");
        assertThat(exits(new JobState.Waiting())).containsExactly("cancel", "hold", "queue");
        assertThat(exits(new JobState.Queued())).containsExactly("cancel", "start");
        assertThat(exits(new JobState.Running())).containsExactly("end", "retry");
        assertThat(exits(new JobState.Ended(Status.ERRORED))).containsExactly("reopen", "requeue");
    }

    private static SortedSet<String> exits(JobState state) {
        var names = new TreeSet<String>();
        Arrays.stream(state.getClass().getMethods())
                .filter(method -> method.getReturnType() == Transition.class)
                .forEach(method -> names.add(method.getName()));
        return names;
    }

    @Test
    void aTransitionSaysWhereItLeadsAndWhy() {
        expect(new JobState.Pending().queue(), "PENDING → QUEUED");
        expect(
                new JobState.Pending().hold("the lock 'db' is held by shop #7"),
                "PENDING → WAITING: the lock 'db' is held by shop #7");
        expect(new JobState.Pending().cancel("gone"), "PENDING → CANCELLED: gone");
        expect(new JobState.Waiting().hold("others"), "WAITING → WAITING: others");
        expect(new JobState.Waiting().queue(), "WAITING → QUEUED");
        expect(new JobState.Waiting().cancel("gone"), "WAITING → CANCELLED: gone");
        expect(new JobState.Queued().start(), "QUEUED → RUNNING");
        expect(new JobState.Queued().cancel("gone"), "QUEUED → CANCELLED: gone");
        expect(new JobState.Running().retry("once more"), "RUNNING → QUEUED: once more");
        expect(
                new JobState.Running().end(Status.FAILED, "exit code 1"),
                "RUNNING → FAILED: exit code 1");
    }

    private static void expect(Transition transition, String words) {
        assertThat(transition).hasToString(words);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"PENDING", "QUEUED", "RUNNING", "WAITING"})
    void aJobEndsOnlyAsSomethingThatIsOver(Status status) {
        assertThatThrownBy(() -> new JobState.Running().end(status, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A job does not end as " + status);
    }
}
