package io.headrace.e2e.chaos;

import io.headrace.e2e.chaos.History.Attempt;
import io.headrace.e2e.chaos.History.Effect;
import io.headrace.e2e.chaos.History.Job;
import io.headrace.e2e.chaos.History.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what must not be in a {@link History}. Knows nothing of how it came about. */
final class Checker {

    /** More attempts that could not be run no policy allows. */
    private static final int MOST_ERRORED = 6;

    private final History history;
    private final List<Finding> findings = new ArrayList<>();

    /** What is wrong with a run. */
    enum Rule {
        LOST,
        KEY_GAVE_TWO_RUNS,
        STUCK,
        ATTEMPTS_DO_NOT_FIT,
        ATTEMPTS_OVERLAP,
        JOB_STATE_DOES_NOT_FIT,
        RUN_STATE_DOES_NOT_FIT,
        STARTED_TOO_EARLY,
        STEP_RAN_TWICE,
        STEP_DID_NOT_RUN,
        MARK_OF_NOTHING,
        TWO_WORKERS,
        LEFT
    }

    /**
     * Something wrong.
     *
     * @param where the run, or empty
     * @param words with the evidence
     */
    record Finding(Rule rule, String where, String words) {

        @Override
        public String toString() {
            return "%s %s: %s".formatted(rule, where, words);
        }
    }

    private Checker(History history) {
        this.history = history;
    }

    /** Returns all that is wrong; empty if the history holds. */
    static List<Finding> check(History history) {
        var checker = new Checker(history);
        checker.keys();
        checker.runs();
        checker.effects();
        checker.sightings();
        history.left().forEach(each -> checker.add(Rule.LEFT, "", each));
        return List.copyOf(checker.findings);
    }

    private void add(Rule rule, String where, String words) {
        findings.add(new Finding(rule, where, words));
    }

    private void keys() {
        var first = new HashMap<String, String>();
        for (var accepted : history.accepted()) {
            var other = first.putIfAbsent(accepted.key(), accepted.run());
            if (other != null && !other.equals(accepted.run())) {
                add(
                        Rule.KEY_GAVE_TWO_RUNS,
                        accepted.run(),
                        "key %s gave %s before".formatted(accepted.key(), other));
            }
        }
    }

    private void runs() {
        var shapes = new LinkedHashMap<String, Shape>();
        var cancelled = new HashSet<String>();
        for (var accepted : history.accepted()) {
            shapes.put(accepted.run(), accepted.shape());
            if (accepted.cancelled()) {
                cancelled.add(accepted.run());
            }
        }
        shapes.forEach((id, shape) -> {
            var run = history.runs().get(id);
            if (run == null) {
                add(Rule.LOST, id, "it was accepted and is gone");
            } else {
                check(run, shape, cancelled.contains(id));
            }
        });
    }

    private void check(Run run, Shape shape, boolean cancelled) {
        var jobs = new HashMap<String, Job>();
        run.jobs().forEach(job -> jobs.put(job.key(), job));
        if (!jobs.keySet().equals(shape.jobs().keySet()) || jobs.size() != run.jobs().size()) {
            add(Rule.LOST, run.id(), "its jobs are " + jobs.keySet());
            return;
        }
        if (!run.over() || run.jobs().stream().anyMatch(job -> !job.over())) {
            add(Rule.STUCK, run.id(), run.toString());
            return;
        }
        for (var job : run.jobs()) {
            attempts(run, job, shape.job(job.key()));
            order(run, job, shape.job(job.key()), jobs);
            if (!run.status().equals("CANCELLED")) {
                var wrong = wrong(job, shape.job(job.key()), jobs, shape);
                if (wrong != null) {
                    add(Rule.JOB_STATE_DOES_NOT_FIT, run.id(), wrong + ": " + job);
                }
            }
        }
        var expected = status(run, shape);
        if (!run.status().equals(expected) && !(cancelled && run.status().equals("CANCELLED"))) {
            add(
                    Rule.RUN_STATE_DOES_NOT_FIT,
                    run.id(),
                    "it is %s and not %s: %s".formatted(run.status(), expected, run));
        }
    }

    private static String status(Run run, Shape shape) {
        var status = "SUCCEEDED";
        for (var job : run.jobs()) {
            if (job.status().equals("ERRORED")) {
                return "ERRORED";
            }
            if (job.status().equals("FAILED") && !shape.job(job.key()).mayFail()) {
                status = "FAILED";
            }
        }
        return status;
    }

    private void attempts(Run run, Job job, Shape.Job plan) {
        var ended = job.attempts();
        var failed = 0;
        var errored = 0;
        for (var i = 0; i < ended.size(); i++) {
            var attempt = ended.get(i);
            var last = i == ended.size() - 1;
            failed += attempt.status().equals("FAILED") ? 1 : 0;
            errored += attempt.status().equals("ERRORED") ? 1 : 0;
            if (attempt.number() != i + 1 || !attempt.over() || attempt.finishedAt() == null) {
                add(Rule.ATTEMPTS_DO_NOT_FIT, run.id(), "attempt %d: %s".formatted(i + 1, job));
            } else if (!last && !Set.of("FAILED", "ERRORED").contains(attempt.status())) {
                add(Rule.ATTEMPTS_DO_NOT_FIT, run.id(), "one follows an end: " + job);
            } else if (!last && startedBefore(ended.get(i + 1), attempt.finishedAt())) {
                add(Rule.ATTEMPTS_OVERLAP, run.id(), job.toString());
            }
        }
        if (failed > plan.retries() + 1 || errored > MOST_ERRORED) {
            add(Rule.ATTEMPTS_DO_NOT_FIT, run.id(), "there are too many: " + job);
        }
        if (!ended.isEmpty()
                && !job.status().equals(ended.getLast().status())
                && !job.status().equals("CANCELLED")) {
            add(Rule.ATTEMPTS_DO_NOT_FIT, run.id(), "the job ended otherwise: " + job);
        }
    }

    private static boolean startedBefore(Attempt attempt, @Nullable Instant time) {
        var started = attempt.startedAt();
        return started != null && (time == null || started.isBefore(time));
    }

    private static Job known(Map<String, Job> jobs, String key) {
        return Objects.requireNonNull(jobs.get(key), key);
    }

    private void order(Run run, Job job, Shape.Job plan, Map<String, Job> jobs) {
        for (var attempt : job.attempts()) {
            for (var need : plan.needs()) {
                if (startedBefore(attempt, known(jobs, need).finishedAt())) {
                    add(
                            Rule.STARTED_TOO_EARLY,
                            run.id(),
                            "%s did not wait for %s: %s".formatted(job.key(), need, run));
                }
            }
        }
    }

    /** Returns what is wrong with the state of a job whose run was not cancelled, or null. */
    private static @Nullable String wrong(
            Job job, Shape.Job plan, Map<String, Job> jobs, Shape shape) {
        if (job.status().equals("ERRORED")) {
            // That it could not be run is no defect; that it was not tried again would be.
            return job.attempts().stream().filter(a -> a.status().equals("ERRORED")).count() > 1
                    ? null
                    : "it was given up too early";
        }
        var open =
                plan.needs().stream()
                        .filter(need -> !satisfies(known(jobs, need), shape.job(need)))
                        .toList();
        var runs = plan.outcome() == Shape.Outcome.FAILS ? "FAILED" : "SUCCEEDED";
        var expected =
                switch (plan.condition()) {
                    case NONE -> open.isEmpty() ? Set.of(runs) : Set.of("CANCELLED");
                    case ALWAYS -> Set.of(runs);
                    case FAILURE -> open.isEmpty() ? Set.of(runs, "SKIPPED") : Set.of(runs);
                };
        if (plan.condition() == Shape.Condition.FAILURE && !open.isEmpty()) {
            // What was cancelled because something before it failed has not itself failed.
            expected = Set.of(runs, "SKIPPED");
        }
        return expected.contains(job.status())
                ? null
                : "it is %s and not %s, open needs %s".formatted(job.status(), expected, open);
    }

    private static boolean satisfies(Job need, Shape.Job plan) {
        return need.status().equals("SUCCEEDED")
                || need.status().equals("SKIPPED")
                || (need.status().equals("FAILED") && plan.mayFail());
    }

    /** What steps did, against what was recorded of them. */
    private void effects() {
        var marks = new HashMap<String, List<Effect>>();
        var order = new HashMap<Effect, Integer>();
        for (var i = 0; i < history.effects().size(); i++) {
            var effect = history.effects().get(i);
            marks.computeIfAbsent(effect.attemptKey(), _ -> new ArrayList<>()).add(effect);
            if (order.putIfAbsent(effect, i) != null) {
                add(Rule.STEP_RAN_TWICE, effect.run(), effect.toString());
            }
        }
        var known = new HashSet<String>();
        for (var run : history.runs().values()) {
            for (var job : run.jobs()) {
                for (var attempt : job.attempts()) {
                    known.add(run.id() + " " + job.key() + " " + attempt.number());
                    if (attempt.status().equals("SUCCEEDED")) {
                        ran(run, job, attempt, order);
                    }
                }
            }
        }
        for (var key : marks.keySet()) {
            if (!known.contains(key) && history.runs().containsKey(runOf(key))) {
                add(Rule.MARK_OF_NOTHING, runOf(key), "no such attempt: " + key);
            }
        }
    }

    private static String runOf(String attemptKey) {
        return attemptKey.substring(0, attemptKey.indexOf(' '));
    }

    private void ran(Run run, Job job, Attempt attempt, Map<Effect, Integer> order) {
        var steps = steps(run, job);
        var recorded = attempt.steps().stream().filter("SUCCEEDED"::equals).count();
        if (recorded != steps || attempt.steps().size() != steps) {
            add(Rule.STEP_DID_NOT_RUN, run.id(), "steps are recorded otherwise: " + job);
        }
        var last = -1;
        for (var step = 0; step < steps; step++) {
            for (var end : new boolean[] {false, true}) {
                var mark = new Effect(end, run.id(), job.key(), attempt.number(), step);
                var at = order.getOrDefault(mark, -1);
                if (at <= last) {
                    add(Rule.STEP_DID_NOT_RUN, run.id(), "no mark, or out of order: " + mark);
                }
                last = Math.max(last, at);
            }
        }
    }

    private int steps(Run run, Job job) {
        return shapeOf(run.id()).job(job.key()).steps();
    }

    private final Map<String, Shape> shapes = new HashMap<>();

    private Shape shapeOf(String run) {
        if (shapes.isEmpty()) {
            history.accepted().forEach(each -> shapes.put(each.run(), each.shape()));
        }
        return Objects.requireNonNull(shapes.get(run), run);
    }

    private void sightings() {
        var workers = new HashMap<String, String>();
        for (var sighting : history.sightings()) {
            var other = workers.putIfAbsent(sighting.attempt(), sighting.worker());
            if (other != null && !other.equals(sighting.worker())) {
                add(
                        Rule.TWO_WORKERS,
                        sighting.attempt(),
                        "%s and %s had it".formatted(other, sighting.worker()));
            }
        }
    }
}
