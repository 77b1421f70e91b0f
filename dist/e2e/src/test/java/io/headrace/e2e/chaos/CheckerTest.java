package io.headrace.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.e2e.chaos.Checker.Rule;
import io.headrace.e2e.chaos.History.Accepted;
import io.headrace.e2e.chaos.History.Attempt;
import io.headrace.e2e.chaos.History.Effect;
import io.headrace.e2e.chaos.History.Job;
import io.headrace.e2e.chaos.History.Run;
import io.headrace.e2e.chaos.History.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories that were made by hand: each rule is seen to fail. */
class CheckerTest {

    private static final Instant T = Instant.parse("2026-03-01T10:00:00Z");
    private static final Shape SHAPE = shape();

    private final List<Accepted> accepted =
            new ArrayList<>(List.of(new Accepted("k1", "r1", SHAPE, false)));
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /** Two jobs, the second after the first; one step each. */
    private static Shape shape() {
        var jobs = new LinkedHashMap<String, Shape.Job>();
        jobs.put("a", planned("a", List.of()));
        jobs.put("b", planned("b", List.of("a")));
        return new Shape("chain", jobs);
    }

    private static Shape.Job planned(String key, List<String> needs) {
        return new Shape.Job(
                key, needs, Shape.Condition.NONE, Shape.Outcome.SUCCEEDS, 0, false, 1, 0);
    }

    private static Attempt attempt(int number, String status, int from, int to) {
        return new Attempt(
                "t" + number,
                number,
                status,
                "",
                T.plusSeconds(from),
                T.plusSeconds(to),
                status.equals("SUCCEEDED") ? List.of("SUCCEEDED") : List.of());
    }

    private static Job job(String key, String status, Attempt... attempts) {
        var ended = attempts.length == 0 ? T : attempts[attempts.length - 1].finishedAt();
        return new Job(key, status, "", T, ended, List.of(attempts));
    }

    private void run(String status, Job... jobs) {
        runs.put("r1", new Run("r1", status, "", List.of(jobs)));
    }

    private void marks(String job, int attempt) {
        effects.add(new Effect(false, "r1", job, attempt, 0));
        effects.add(new Effect(true, "r1", job, attempt, 0));
    }

    private static final Job A = job("a", "SUCCEEDED", attempt(1, "SUCCEEDED", 0, 1));
    private static final Job B = job("b", "SUCCEEDED", attempt(1, "SUCCEEDED", 2, 3));

    private void good() {
        run("SUCCEEDED", A, B);
        marks("a", 1);
        marks("b", 1);
    }

    private void finds(Rule... rules) {
        var history = new History(accepted, runs, effects, sightings, left);

        assertThat(Checker.check(history))
                .extracting(Checker.Finding::rule)
                .containsOnly(rules)
                .hasSizeGreaterThanOrEqualTo(rules.length);
    }

    private void holds() {
        assertThat(Checker.check(new History(accepted, runs, effects, sightings, left))).isEmpty();
    }

    @Test
    void aGoodHistoryHolds() {
        good();
        accepted.add(new Accepted("k1", "r1", SHAPE, false));
        sightings.add(new Sighting("t1", "worker-1"));
        sightings.add(new Sighting("t1", "worker-1"));

        holds();
    }

    @Test
    void aLostWorkersAttemptIsFollowedByAnother() {
        run(
                "SUCCEEDED",
                job("a", "SUCCEEDED", attempt(1, "ERRORED", 0, 1), attempt(2, "SUCCEEDED", 1, 2)),
                B);
        effects.add(new Effect(false, "r1", "a", 1, 0));
        marks("a", 2);
        marks("b", 1);

        holds();
    }

    @Test
    void aRunThatIsGoneIsLost() {
        finds(Rule.LOST);
    }

    @Test
    void aRunWithoutAJobIsLost() {
        run("SUCCEEDED", A);
        marks("a", 1);

        finds(Rule.LOST);
    }

    @Test
    void aKeyGivesOneRun() {
        good();
        runs.put("r2", new Run("r2", "SUCCEEDED", "", List.of(A, B)));
        accepted.add(new Accepted("k1", "r2", SHAPE, false));
        for (var effect : List.copyOf(effects)) {
            effects.add(new Effect(effect.end(), "r2", effect.job(), 1, 0));
        }

        finds(Rule.KEY_GAVE_TWO_RUNS);
    }

    @Test
    void whatDoesNotEndIsStuck() {
        run("RUNNING", A, job("b", "QUEUED"));
        marks("a", 1);

        finds(Rule.STUCK);
    }

    @Test
    void aRunIsNotOverBeforeItsJobs() {
        run("SUCCEEDED", A, job("b", "RUNNING"));
        marks("a", 1);

        finds(Rule.STUCK);
    }

    @Test
    void nothingFollowsASuccess() {
        run(
                "SUCCEEDED",
                job("a", "SUCCEEDED", attempt(1, "SUCCEEDED", 0, 1), attempt(2, "SUCCEEDED", 1, 2)),
                B);
        marks("a", 1);
        marks("a", 2);
        marks("b", 1);

        finds(Rule.ATTEMPTS_DO_NOT_FIT);
    }

    @Test
    void noAttemptIsMissing() {
        run("SUCCEEDED", job("a", "SUCCEEDED", attempt(2, "SUCCEEDED", 0, 1)), B);
        marks("a", 2);
        marks("b", 1);

        finds(Rule.ATTEMPTS_DO_NOT_FIT);
    }

    @Test
    void attemptsDoNotOverlap() {
        run(
                "SUCCEEDED",
                job("a", "SUCCEEDED", attempt(1, "ERRORED", 0, 2), attempt(2, "SUCCEEDED", 1, 2)),
                B);
        marks("a", 2);
        marks("b", 1);

        finds(Rule.ATTEMPTS_OVERLAP);
    }

    @Test
    void aJobEndsAsItsScriptDoes() {
        run("FAILED", A, job("b", "FAILED", attempt(1, "FAILED", 2, 3)));
        marks("a", 1);

        finds(Rule.JOB_STATE_DOES_NOT_FIT);
    }

    @Test
    void whatCouldNotBeRunIsTriedAgain() {
        run("ERRORED", job("a", "ERRORED", attempt(1, "ERRORED", 0, 1)), job("b", "CANCELLED"));

        finds(Rule.JOB_STATE_DOES_NOT_FIT);
    }

    @Test
    void aRunEndsAsItsJobsDo() {
        good();
        run("FAILED", A, B);

        finds(Rule.RUN_STATE_DOES_NOT_FIT);
    }

    @Test
    void onlyARunWhoseEndWasAskedForIsCancelled() {
        run("CANCELLED", job("a", "CANCELLED"), job("b", "CANCELLED"));
        finds(Rule.RUN_STATE_DOES_NOT_FIT);

        accepted.set(0, new Accepted("k1", "r1", SHAPE, true));
        holds();
    }

    @Test
    void aJobWaitsForWhatItNeeds() {
        run(
                "SUCCEEDED",
                job("a", "SUCCEEDED", attempt(1, "SUCCEEDED", 0, 3)),
                job("b", "SUCCEEDED", attempt(1, "SUCCEEDED", 2, 4)));
        marks("a", 1);
        marks("b", 1);

        finds(Rule.STARTED_TOO_EARLY);
    }

    @Test
    void aStepRunsOnceInAnAttempt() {
        good();
        effects.add(new Effect(false, "r1", "b", 1, 0));

        finds(Rule.STEP_RAN_TWICE);
    }

    @Test
    void whatIsRecordedAsDoneWasDone() {
        good();
        effects.remove(1);

        finds(Rule.STEP_DID_NOT_RUN);
    }

    @Test
    void whatWasDoneIsRecorded() {
        good();
        marks("b", 2);

        finds(Rule.MARK_OF_NOTHING);
    }

    @Test
    void anAttemptHasOneWorker() {
        good();
        sightings.add(new Sighting("t1", "worker-1"));
        sightings.add(new Sighting("t1", "worker-2"));

        finds(Rule.TWO_WORKERS);
    }

    @Test
    void nothingIsLeft() {
        good();
        left.add("1 rows in live");

        finds(Rule.LEFT);
    }
}
