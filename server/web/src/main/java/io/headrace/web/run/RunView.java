package io.headrace.web.run;

import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Status;
import io.headrace.language.PipelineProblem;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run.
 *
 * @param number counted from 1 in its project
 * @param reason why it is in this state; empty where the state says it all
 * @param event what happened that started it, as conditions name it: {@code push}, {@code
 *     pull_request}, {@code tag}, {@code manual}, {@code schedule}, {@code api} or {@code upstream}
 * @param parameters that it was started with; left out in lists
 * @param rerunOf the run that this one repeats
 * @param expectedAt when it is over at the earliest, if its jobs take as long as in earlier runs;
 *     left out in lists, when it is over, and where no earlier run shows it
 * @param counts how many jobs are in each state; left out in lists
 * @param jobs in the plan's order; left out in lists
 * @param problems what is wrong with the pipeline file, warnings included; left out in lists
 */
public record RunView(
        String id,
        String project,
        long number,
        Status status,
        String reason,
        String commit,
        String event,
        String ref,
        @Nullable String branch,
        @Nullable String tag,
        String message,
        String author,
        String triggeredBy,
        @Nullable Map<String, String> parameters,
        @Nullable String rerunOf,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expectedAt,
        @Nullable Map<Status, Long> counts,
        @Nullable List<JobView> jobs,
        @Nullable List<PipelineProblem> problems) {

    static RunView of(RunSummary run) {
        return of(run, null, null, null, null, null);
    }

    static RunView of(
            RunDetail detail,
            List<JobView> jobs,
            Map<String, String> parameters,
            @Nullable Instant expectedAt) {
        var counts =
                detail.jobs().stream()
                        .collect(
                                Collectors.groupingBy(
                                        RunDetail.Job::status,
                                        () -> new EnumMap<>(Status.class),
                                        Collectors.counting()));
        return of(detail.run(), parameters, expectedAt, counts, jobs, detail.problems());
    }

    private static RunView of(
            RunSummary run,
            @Nullable Map<String, String> parameters,
            @Nullable Instant expectedAt,
            @Nullable Map<Status, Long> counts,
            @Nullable List<JobView> jobs,
            @Nullable List<PipelineProblem> problems) {
        return new RunView(
                run.id().toString(),
                run.project(),
                run.number(),
                run.status(),
                run.reason(),
                run.commit(),
                run.event().name().toLowerCase(Locale.ROOT),
                run.ref(),
                run.branch(),
                run.tag(),
                run.message(),
                run.author(),
                run.triggeredBy(),
                parameters,
                run.rerunOf() == null ? null : run.rerunOf().toString(),
                run.createdAt(),
                run.startedAt(),
                run.finishedAt(),
                expectedAt,
                counts,
                jobs,
                problems);
    }
}
