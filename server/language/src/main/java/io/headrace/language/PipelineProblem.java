package io.headrace.language;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a pipeline file, told to the person who wrote it.
 *
 * @param file as the caller named it
 * @param line counted from 1
 * @param column counted from 1
 * @param length of the faulty text in characters, at least 1
 * @param code stable, such as {@code HR1042}
 * @param context where in the pipeline it is, such as {@code job 'build', step 'test'}; empty at
 *     the top level
 * @param job its key in the file, or null if it is not about a job
 * @param step its name, or null if it is not about a step
 * @param path the keys that lead to the place, such as {@code jobs.build.steps[1].timeout}, items
 *     counted from 0; empty for the file as a whole, and where it can't be read
 * @param message what is wrong, in the words of the file
 * @param fix what to do
 * @param help where the documents explain it, such as {@code docs/problems.md#hr1042}
 * @param source the faulty line as it stands in the file, or null where there is none
 */
public record PipelineProblem(
        String file,
        int line,
        int column,
        int length,
        String code,
        Severity severity,
        String context,
        @Nullable String job,
        @Nullable String step,
        String path,
        String message,
        String fix,
        String help,
        @Nullable String source) {

    /** Sorts by file, line and column. */
    public static final Comparator<PipelineProblem> BY_PLACE =
            Comparator.comparing(PipelineProblem::file)
                    .thenComparingInt(PipelineProblem::line)
                    .thenComparingInt(PipelineProblem::column);

    /** Whether the pipeline can run all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** Returns the same problem, with the keys that lead to its place. */
    PipelineProblem at(String place) {
        return new PipelineProblem(
                file, line, column, length, code, severity, context, job, step, place, message, fix,
                help, source);
    }

    @Override
    public String toString() {
        return "%s:%d:%d: %s; %s".formatted(file, line, column, message, fix);
    }
}
