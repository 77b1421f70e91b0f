package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.RunStore.Generated;
import io.headrace.engine.run.StaleFence;
import io.headrace.engine.run.Status;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a job adds to its run that generates the rest of it. */
class GeneratedTest extends StoresTest {

    private static final Ending SUCCEEDED = Ending.of(Status.SUCCEEDED, "");

    private static final PipelineProblem WRONG =
            new PipelineProblem(
                    "generate:output.yml",
                    3,
                    5,
                    4,
                    "HR1101",
                    PipelineProblem.Severity.ERROR,
                    "job 'test'",
                    "test",
                    null,
                    "jobs.test.imag",
                    "unknown key 'imag'",
                    "did you mean 'image'?",
                    "docs/problems.md#hr1101",
                    "    imag: x");

    private RunId run = new RunId(1);

    @BeforeEach
    void aRunWaitsForItsRest() {
        run = site.accept(site.project("shop"), plan(true));
    }

    private static Plan plan(boolean open, Plan.Job... more) {
        return plan(open, Duration.ofHours(1), false, more);
    }

    private static Plan plan(boolean open, Duration limit, boolean failFast, Plan.Job... more) {
        var jobs = new ArrayList<Plan.Job>();
        jobs.add(Plans.job("generate").build());
        jobs.addAll(Arrays.asList(more));
        return new Plan(
                "ci",
                limit,
                failFast,
                jobs,
                List.of(jobs.stream().map(Plan.Job::id).toList()),
                "0".repeat(64),
                new PlanTerms(
                        PlanTerms.Mode.PARALLEL,
                        0,
                        PlanTerms.Affinity.NONE,
                        null,
                        Map.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        new PlanTerms.Generation("generate", "ci.yml", open)));
    }

    private static Generated rest(Plan.Job... more) {
        return new Generated(plan(false, more), List.of());
    }

    private void generate(Claim claim, Plan.Job... more) {
        stores.runs().finish(claim, SUCCEEDED, rest(more));
    }

    private List<String> keys() {
        return site.detail(run).jobs().stream().map(RunDetail.Job::key).toList();
    }

    @Test
    void theJobsJoinTheRunAndBecomeReadyAsTheirNeedsAreMet() {
        assertThat(keys()).containsExactly("generate");

        generate(
                site.claim("generate"),
                Plans.job("build", "generate").matrix(Map.of("java", "25")).build(),
                Plans.job("test", "generate", "build").build(),
                Plans.job("free").build());

        assertThat(keys()).containsExactly("generate", "build", "test", "free");
        assertThat(site.job(run, "build").status()).isEqualTo(Status.QUEUED);
        assertThat(site.job(run, "build").matrix()).containsEntry("java", "25");
        assertThat(site.job(run, "build").needs()).containsExactly("generate");
        assertThat(site.job(run, "test").status()).isEqualTo(Status.PENDING);
        assertThat(site.job(run, "test").needs()).containsExactly("generate", "build");
        assertThat(stores.runs().plan(run)).contains(rest(planned()).plan());
        assertThat(site.run(run).status()).isEqualTo(Status.RUNNING);
        site.succeed(site.claim("build"));
        assertThat(site.run(run).status()).isEqualTo(Status.RUNNING);
        site.claim(3).forEach(site::succeed);
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    private static Plan.Job[] planned() {
        return new Plan.Job[] {
            Plans.job("build", "generate").matrix(Map.of("java", "25")).build(),
            Plans.job("test", "generate", "build").build(),
            Plans.job("free").build()
        };
    }

    @Test
    void whatWasGeneratedSurvivesARestart() {
        generate(site.claim("generate"), Plans.job("build", "generate").build());

        stores.close();
        reopen();

        site.succeed(site.claim("build"));
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aReportThatIsDoubledAddsNothing() {
        var claim = site.claim("generate");
        generate(claim, Plans.job("build", "generate").build());

        assertThatThrownBy(() -> generate(claim, Plans.job("build", "generate").build()))
                .isInstanceOf(StaleFence.class);

        assertThat(keys()).containsExactly("generate", "build");
    }

    @Test
    void aWorkerThatWasLostAddsNothingAndTheNextAttemptAddsOnce() {
        var lost = site.claim("generate");
        pass(Site.LEASE.plusSeconds(1));
        assertThat(stores.runs().expireLeases()).containsExactly(lost.attempt());

        assertThatThrownBy(() -> generate(lost, Plans.job("late", "generate").build()))
                .isInstanceOf(StaleFence.class);

        assertThat(keys()).containsExactly("generate");
        assertThat(stores.runs().plan(run)).contains(plan(true));
        generate(site.claim("generate"), Plans.job("build", "generate").build());
        assertThat(keys()).containsExactly("generate", "build");
        site.succeed(site.claim("build"));
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRestOfNoJobsEndsTheRun() {
        generate(site.claim("generate"));

        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRestOfSkippedJobsEndsTheRun() {
        generate(
                site.claim("generate"),
                Plans.job("build", "generate")
                        .when(Plan.Condition.Verdict.SKIPPED, "not on main")
                        .build());

        assertThat(site.job(run, "build").status()).isEqualTo(Status.SKIPPED);
        assertThat(site.job(run, "build").reason()).isEqualTo("not on main");
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void whatIsWrongEndsTheRunAndIsTold() {
        stores.runs()
                .finish(
                        site.claim("generate"),
                        Ending.of(Status.FAILED, "generate:output.yml:3:5: unknown key"),
                        new Generated(null, List.of(WRONG)));

        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        assertThat(site.run(run).reason())
                .isEqualTo("job 'generate' failed: generate:output.yml:3:5: unknown key");
        assertThat(site.detail(run).problems()).containsExactly(WRONG);
        assertThat(stores.runs().plan(run)).contains(plan(true));
    }

    @Test
    void anAttemptThatDidNotSucceedAddsNothing() {
        stores.runs()
                .finish(
                        site.claim("generate"),
                        Ending.of(Status.FAILED, "exit code 1"),
                        rest(Plans.job("build", "generate").build()));

        assertThat(keys()).containsExactly("generate");
        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aRunThatWasCancelledMeanwhileGetsNoJobs() {
        var claim = site.claim("generate");
        stores.runs().cancel(run, "cancelled by ada");

        generate(claim, Plans.job("build", "generate").build());

        assertThat(keys()).containsExactly("generate");
        assertThat(site.run(run).status()).isEqualTo(Status.CANCELLED);
        assertThat(stores.runs().plan(run)).contains(plan(true));
    }

    @Test
    void cancellingLaterEndsTheGeneratedJobs() {
        generate(
                site.claim("generate"),
                Plans.job("build", "generate").build(),
                Plans.job("test", "build").build());

        stores.runs().cancel(run, "cancelled by ada");

        assertThat(site.job(run, "build").status()).isEqualTo(Status.CANCELLED);
        assertThat(site.job(run, "test").status()).isEqualTo(Status.CANCELLED);
        assertThat(site.run(run).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void theRunTakesItsTimeLimitAndItsHasteFromTheWholePlan() {
        stores.runs()
                .finish(
                        site.claim("generate"),
                        SUCCEEDED,
                        new Generated(
                                plan(
                                        false,
                                        Duration.ofMinutes(1),
                                        true,
                                        Plans.job("a", "generate").build(),
                                        Plans.job("b", "generate").build(),
                                        Plans.job("c", "b").build()),
                                List.of()));

        site.fail(site.claim("a"));

        assertThat(site.job(run, "b").reason()).isEqualTo("job 'a' failed; fail_fast is on");
        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        run = site.accept(site.project("other"), plan(true));
        stores.runs()
                .finish(
                        site.claim("generate"),
                        SUCCEEDED,
                        new Generated(
                                plan(
                                        false,
                                        Duration.ofMinutes(1),
                                        false,
                                        Plans.job("a", "generate").build()),
                                List.of()));
        pass(Duration.ofSeconds(61));
        assertThat(stores.runs().expireRuns()).containsExactly(run);
    }

    @Test
    void aPlanThatCanNotBeIsRefusedAndChangesNothing() {
        var claim = site.claim("generate");

        assertThatThrownBy(() -> generate(claim, Plans.job("test", "nothing").build()))
                .isInstanceOf(Refused.class)
                .hasMessage("The plan has no job 'nothing', but others need it");

        assertThat(keys()).containsExactly("generate");
        generate(claim, Plans.job("build", "generate").build());
        assertThat(keys()).containsExactly("generate", "build");
    }
}
