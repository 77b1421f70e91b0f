package io.headrace.language;

import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.SourceText;
import java.nio.charset.StandardCharsets;
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

    /** Largest file, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private final Limits limits;

    /** Parses within {@link Limits#DEFAULT}. */
    public PipelineParser() {
        this(Limits.DEFAULT);
    }

    /**
     * @param limits of what a pipeline may ask for
     */
    public PipelineParser(Limits limits) {
        this.limits = limits;
    }

    /**
     * Parses {@code text}, up to 1 MiB; anything wrong is a problem in the result, never an
     * exception. Any number of threads may call it. Other files that it names are refused.
     *
     * @param file name used in problems
     */
    public Result parse(String file, String text) {
        return parse(file, text, Includes.NONE);
    }

    /**
     * Likewise, with the files that it includes, extends or takes variables from: at most 50, 5
     * deep.
     *
     * @param file its path in the repository, used in problems
     * @param includes gives those files; called on this thread
     */
    public Result parse(String file, String text, Includes includes) {
        return parsed(file, text, includes, null);
    }

    /**
     * Likewise, with what the job of the file's {@code generate} wrote.
     *
     * @param output up to 1 MiB; called {@link Pipeline.Generator#OUTPUT} in problems
     */
    public Result parse(String file, String text, Includes includes, String output) {
        return parsed(file, text, includes, output);
    }

    private Result parsed(String file, String text, Includes includes, @Nullable String output) {
        if (isTooLarge(text)) {
            return tooLarge(file, "split it, or move long scripts into files of their own");
        }
        if (output != null && isTooLarge(output)) {
            return tooLarge(
                    Pipeline.Generator.OUTPUT,
                    "write fewer or shorter jobs; let them call scripts of the repository");
        }
        var source = new SourceText(file, text);
        var problems = new Problems(source);
        var root = new Composition(includes, problems).compose(source, output);
        Pipeline pipeline = null;
        if (root != null) {
            pipeline = new PipelineReader(problems, limits, includes, output != null).read(root);
            if (pipeline != null) {
                new ReferenceCheck(pipeline, problems, limits.strict()).check();
            }
        }
        return new Result(problems.haveErrors() ? null : pipeline, problems.sorted());
    }

    private static boolean isTooLarge(String text) {
        return text.length() > MAX_BYTES
                || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }

    private static Result tooLarge(String file, String fix) {
        var problems = new Problems(new SourceText(file, ""));
        problems.top()
                .error(ProblemCode.TOO_LARGE, Mark.START, "the file is larger than 1 MiB", fix);
        return new Result(null, problems.sorted());
    }
}
