package io.headrace.language.explain;

import io.headrace.language.Pipeline;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.ProblemCode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares how long a pipeline takes with how long it may. Pure. */
public final class TimeCheck {

    private TimeCheck() {}

    /**
     * Returns a warning if no number of workers lets a run end within its time limit.
     *
     * @param past how long jobs took, by id or, for all variants of a job, by base name
     */
    public static Optional<PipelineProblem> check(
            Pipeline pipeline, Plan plan, Map<String, Duration> past) {
        long limit = plan.timeLimit().toSeconds();
        var chain = LongestChain.of(plan, past);
        if (past.isEmpty() || chain.seconds() <= limit) {
            return Optional.empty();
        }
        var file = pipeline.sources().getFirst();
        return Optional.of(
                new PipelineProblem(
                        file.file(),
                        1,
                        1,
                        1,
                        ProblemCode.CHAIN_TOO_LONG.id(),
                        PipelineProblem.Severity.WARNING,
                        "",
                        null,
                        null,
                        "",
                        "the longest chain of jobs (%s) took %s in the past, and the limit is %s"
                                .formatted(
                                        shown(chain), time(chain.seconds()), time((double) limit)),
                        "raise 'timeout' of the pipeline, or divide the chain",
                        ProblemCode.CHAIN_TOO_LONG.page(),
                        file.line(1)));
    }

    private static String shown(LongestChain chain) {
        var ids = chain.ids();
        return ids.size() <= 6
                ? String.join(" → ", ids)
                : "%s → … → %s".formatted(String.join(" → ", ids.subList(0, 4)), ids.getLast());
    }

    private static String time(double seconds) {
        return seconds < 120
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
}
