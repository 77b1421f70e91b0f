package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.JobTerms.Lock;
import io.headrace.language.PlanTerms.Concurrency;
import io.headrace.language.PlanTerms.WhenBusy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Locks of jobs, and groups of runs that take turns. */
class TurnsTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static List<Lock> locks(String value) {
        return Pipelines.plan(job(value)).jobs().getFirst().terms().locks();
    }

    private static String job(String locks) {
        return "name: x\njobs: {build: {locks: %s, %s}}\n".formatted(locks, STEPS);
    }

    private static String pipeline(String concurrency) {
        return "name: x\nconcurrency: %s\njobs: {build: {%s}}\n".formatted(concurrency, STEPS);
    }

    private static Concurrency group(String value) {
        return Pipelines.plan(pipeline(value)).terms().concurrency().orElseThrow();
    }

    private static List<String> problems(String text) {
        return new Planner()
                .plan(Pipelines.parse(text), Events.push("main")).problems().stream()
                        .map(PipelineProblem::toString)
                        .toList();
    }

    @Test
    void aLockIsANameOrAMap() {
        assertThat(locks("db")).containsExactly(new Lock("db", 1, false));
        assertThat(locks("[db, port]"))
                .containsExactly(new Lock("db", 1, false), new Lock("port", 1, false));
        assertThat(locks("[{name: licence, slots: 3, scope: server}]"))
                .containsExactly(new Lock("licence", 3, true));
        assertThat(locks("[{name: licence, slots: 1000, scope: project}]"))
                .containsExactly(new Lock("licence", 1000, false));
    }

    @Test
    void valuesOfTheRunAndOfTheMatrixMayStandInALock() {
        var plan =
                Pipelines.plan(
                        "name: x\njobs: {build: {matrix: {os: [a, b]}, locks:"
                                + " ['${{ branch }}-${{ matrix.os }}'], %s}}\n".formatted(STEPS));

        assertThat(plan.jobs())
                .flatExtracting(job -> job.terms().locks())
                .extracting("name")
                .containsExactly("main-a", "main-b");
    }

    @Test
    void aLockThatIsNamedTwiceIsTakenOnceWithAWarning() {
        assertThat(locks("[db, db]")).containsExactly(new Lock("db", 1, false));
        assertThat(problems(job("[db, db]")))
                .containsExactly("ci.yml:2:28: the lock 'db' is named twice; remove one of them");
        assertThat(locks("[db, {name: db, scope: server}]"))
                .as("one of the project, one of the server")
                .hasSize(2);
    }

    @Test
    void aNameMustBeOneLineThatIsNotEmpty() {
        assertThat(problems(job("['${{ tag }}']")))
                .containsExactly(
                        "ci.yml:2:24: the name of a lock, '${{ tag }}', becomes '', which is"
                                + " empty; write a name of 1 to 200 characters, in one line");
        assertThat(problems(job("[\"a\\tb\"]")))
                .containsExactly(
                        "ci.yml:2:24: the name of a lock, 'a b', becomes 'a b', which has a"
                                + " control character; write a name of 1 to 200 characters, in one"
                                + " line");
        assertThat(locks("[" + "x".repeat(200) + "]")).hasSize(1);
        assertThat(problems(job("[" + "x".repeat(201) + "]")).getFirst())
                .contains("which is too long; write a name of 1 to 200 characters");
        assertThat(problems(pipeline("'${{ tag }}'")))
                .containsExactly(
                        "ci.yml:2:14: the name of a group, '${{ tag }}', becomes '', which is"
                                + " empty; write a name of 1 to 200 characters, in one line");
    }

    @Test
    void aGroupIsANameOrAMap() {
        assertThat(group("deploy")).isEqualTo(new Concurrency("deploy", 1, WhenBusy.WAIT, false));
        assertThat(group("{group: 'deploy-${{ branch }}', limit: 3, scope: server}"))
                .isEqualTo(new Concurrency("deploy-main", 3, WhenBusy.WAIT, true));
        assertThat(group("{group: a, when_busy: cancel_waiting}").whenBusy())
                .isEqualTo(WhenBusy.CANCEL_WAITING);
        assertThat(group("{group: a, when_busy: cancel_running}").whenBusy())
                .isEqualTo(WhenBusy.CANCEL_RUNNING);
        assertThat(Pipelines.plan("name: x\njobs: {build: {%s}}\n".formatted(STEPS)).terms())
                .satisfies(terms -> assertThat(terms.concurrency()).isEmpty());
    }
}
