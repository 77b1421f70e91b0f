package io.headrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.project.ProjectId;
import io.headrace.language.PlanEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpectedEndTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Map<String, Duration> PAST =
            Map.of(
                    "build", Duration.ofSeconds(10),
                    "test", Duration.ofSeconds(20),
                    "lint", Duration.ofSeconds(60),
                    "ship", Duration.ofSeconds(5));

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static RunDetail.Job job(
            String key,
            Status status,
            @Nullable Instant started,
            @Nullable Instant finished,
            String... needs) {
        return new RunDetail.Job(
                new JobId(1),
                key,
                key,
                key,
                null,
                Map.of(),
                List.of(needs),
                status,
                "",
                null,
                START,
                null,
                started,
                finished,
                List.of());
    }

    private static RunDetail run(Status status, RunDetail.Job... jobs) {
        var summary =
                new RunSummary(
                        new RunId(1),
                        new ProjectId(1),
                        "shop",
                        1,
                        status,
                        "",
                        PlanEvent.Type.PUSH,
                        "refs/heads/main",
                        "main",
                        null,
                        "0".repeat(40),
                        "",
                        "",
                        "ada",
                        null,
                        START,
                        START,
                        null);
        return new RunDetail(summary, List.of(jobs), List.of());
    }

    @Test
    void theLongestChainDecidesWhateverTheOrderOfTheJobs() {
        var run =
                run(
                        Status.RUNNING,
                        job("ship", Status.PENDING, null, null, "test", "lint"),
                        job("test", Status.PENDING, null, null, "build"),
                        job("lint", Status.PENDING, null, null, "build"),
                        job("build", Status.QUEUED, null, null));

        assertThat(ExpectedEnd.of(run, PAST)).hasValue(at(75));
    }

    @Test
    void whatIsOverCountsAsItWasAndWhatRunsFromItsStart() {
        var run =
                run(
                        Status.RUNNING,
                        job("build", Status.SUCCEEDED, at(1), at(31)),
                        job("test", Status.RUNNING, at(40), null, "build"),
                        job("lint", Status.SKIPPED, null, null, "build"),
                        job("ship", Status.PENDING, null, null, "test", "lint"));

        assertThat(ExpectedEnd.of(run, PAST)).hasValue(at(65));
    }

    @Test
    void nobodyKnowsWithoutAnEarlierRun() {
        var run =
                run(
                        Status.RUNNING,
                        job("build", Status.RUNNING, at(0), null),
                        job("other", Status.PENDING, null, null, "build"));

        assertThat(ExpectedEnd.of(run, PAST)).isEmpty();
        assertThat(ExpectedEnd.of(run, Map.of())).isEmpty();
    }

    @Test
    void aRunThatIsOverOrHasNoJobsHasNoExpectedEnd() {
        assertThat(
                        ExpectedEnd.of(
                                run(Status.SUCCEEDED, job("build", Status.SUCCEEDED, at(0), at(1))),
                                PAST))
                .isEmpty();
        assertThat(ExpectedEnd.of(run(Status.RUNNING), PAST)).isEmpty();
    }
}
