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
 * @param message what is wrong, in the words of the file
 * @param fix what to do
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
        String message,
        String fix,
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

    @Override
    public String toString() {
        return "%s:%d:%d: %s; %s".formatted(file, line, column, message, fix);
    }
}
