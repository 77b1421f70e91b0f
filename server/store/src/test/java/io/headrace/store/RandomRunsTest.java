package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever the graph and whatever happens: each run ends, and ends by the rules. */
class RandomRunsTest extends StoresTest {

    private static final int RUNS = 12;

    @RepeatedTest(3)
    void everyRunEndsByTheRules(RepetitionInfo repetition) {
        var random = new Random(20260301L + repetition.getCurrentRepetition());
        var project = site.project("shop");
        var plans = Stream.generate(() -> plan(random)).limit(RUNS).toList();
        var runs = plans.stream().map(plan -> site.accept(project, plan)).toList();

        for (var claims = site.claim(3); !claims.isEmpty(); claims = site.claim(3)) {
            for (var claim : claims) {
                stores.runs().finish(claim, ending(random));
            }
            if (random.nextInt(40) == 0) {
                stores.runs().cancel(runs.get(random.nextInt(RUNS)), "cancelled by chance");
            }
        }

        for (var i = 0; i < RUNS; i++) {
            check(runs.get(i), plans.get(i));
        }
        assertThat(stores.runs().depth().queued()).isZero();
        assertThat(stores.runs().running(null)).isEmpty();
    }

    private static Plan plan(Random random) {
        var jobs = new ArrayList<Plan.Job>();
        var count = 1 + random.nextInt(9);
        for (var i = 0; i < count; i++) {
            var needs =
                    jobs.stream()
                            .map(Plan.Job::id)
                            .filter(_ -> random.nextInt(3) == 0)
                            .toArray(String[]::new);
            var job = Plans.job("job-" + i, needs).retries(random.nextInt(2));
            switch (random.nextInt(8)) {
                case 0 -> job.deferred();
                case 1 -> job.mayFail();
                case 2 -> job.when(Plan.Condition.Verdict.SKIPPED, "not today");
                default -> job.priority(random.nextInt(3));
            }
            jobs.add(job.build());
        }
        var all = jobs.toArray(Plan.Job[]::new);
        return random.nextInt(5) == 0 ? Plans.failFast(all) : Plans.of(all);
    }

    private static RunStore.Ending ending(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1 ->
                    new RunStore.Ending(Status.FAILED, "exit code 1", 1, true, Failure.EXIT_CODE);
            case 2 -> RunStore.Ending.errored("no disk", Failure.WORKER_LOST);
            case 3 -> RunStore.Ending.of(Status.SKIPPED, "condition");
            default -> RunStore.Ending.of(Status.SUCCEEDED, "");
        };
    }

    private void check(RunId run, Plan plan) {
        var detail = site.detail(run);
        assertThat(detail.jobs()).allMatch(job -> job.status().isTerminal());
        assertThat(detail.run().status()).as(detail.toString()).isEqualTo(expected(detail, plan));
        assertThat(detail.run().finishedAt()).isNotNull();
        for (var job : detail.jobs()) {
            checkJob(job, detail, plan);
        }
    }

    private static Status expected(RunDetail detail, Plan plan) {
        if (detail.run().reason().equals("cancelled by chance")) {
            return Status.CANCELLED;
        }
        if (has(detail, plan, Status.ERRORED)) {
            return Status.ERRORED;
        }
        return has(detail, plan, Status.FAILED) ? Status.FAILED : Status.SUCCEEDED;
    }

    private static boolean has(RunDetail detail, Plan plan, Status status) {
        return detail.jobs().stream()
                .anyMatch(job -> job.status() == status && !excused(job, plan));
    }

    private static boolean excused(RunDetail.Job job, Plan plan) {
        return job.status() == Status.FAILED
                && plan.job(job.key()).orElseThrow().continueOnFailure();
    }

    /** A job that ran was allowed to: what it needs had let it, or its condition was deferred. */
    private static void checkJob(RunDetail.Job job, RunDetail detail, Plan plan) {
        var planned = plan.job(job.key()).orElseThrow();
        var ran = job.attempts().stream().anyMatch(attempt -> attempt.startedAt() != null);
        if (!ran || planned.condition().verdict() == Plan.Condition.Verdict.DEFERRED) {
            return;
        }
        for (var need : job.needs()) {
            var needed = detail.job(need).orElseThrow();
            assertThat(needed.status().satisfies() || excused(needed, plan))
                    .as("%s ran although %s is %s", job.key(), need, needed.status())
                    .isTrue();
            assertThat(needed.finishedAt()).isBeforeOrEqualTo(job.startedAt());
        }
    }
}
