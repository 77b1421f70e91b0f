package io.headrace.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the text of a pipeline file into a {@link Pipeline}, or into every problem in it. */
public final class PipelineParser {

    /**
     * What came of a text.
     *
     * @param pipeline null if there is an error among the problems
     * @param problems sorted by line and column; may hold warnings beside a pipeline
     */
    public record Result(@Nullable Pipeline pipeline, List<PipelineProblem> problems) {}

    /**
     * Parses {@code text}, up to 1 MiB; anything wrong is a problem in the result, never an
     * exception. Any number of threads may call it.
     *
     * @param file name used in problems
     */
    public Result parse(String file, String text) {
        return new Result(null, List.of());
    }
}
