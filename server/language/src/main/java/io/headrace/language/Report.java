package io.headrace.language;

import io.headrace.language.schema.Key;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * Reports problems of one part of a pipeline.
 *
 * @param context such as {@code job 'build', step 'test'}; empty at the top level
 * @param job its key in the file, or null outside of jobs
 * @param step its name, or null outside of steps
 */
record Report(Problems problems, String context, @Nullable String job, @Nullable String step) {

    /** Returns a reporter for a part inside this one. */
    Report in(String part) {
        return new Report(problems, inside(part), job, step);
    }

    /** Returns a reporter for a job. */
    Report inJob(String key) {
        return inJob(key, "job '" + Values.shown(key) + "'");
    }

    /**
     * Likewise.
     *
     * @param part what the job is called in the context
     */
    Report inJob(String key, String part) {
        return new Report(problems, inside(part), key, null);
    }

    /** Returns a reporter for a step of this job. */
    Report inStep(String name) {
        return new Report(problems, inside("step '" + name + "'"), job, name);
    }

    private String inside(String part) {
        return context.isEmpty() ? part : context + ", " + part;
    }

    void error(ProblemCode code, Mark mark, String message, String fix) {
        problems.add(code, PipelineProblem.Severity.ERROR, this, mark, message, fix);
    }

    /** Reports what is an error if {@code strict}, and a warning otherwise. */
    void complain(boolean strict, ProblemCode code, Mark mark, String message, String fix) {
        if (strict) {
            error(code, mark, message, fix);
        } else {
            warning(code, mark, message, fix);
        }
    }

    void warning(ProblemCode code, Mark mark, String message, String fix) {
        problems.add(code, PipelineProblem.Severity.WARNING, this, mark, message, fix);
    }

    /**
     * Warns that this server does nothing with a part of the file yet; if ignoring it would change
     * what the pipeline means, no run starts either.
     */
    void notYet(Key.Support support, Mark mark, String what) {
        switch (support) {
            case FULL -> {}
            case CARRIED ->
                    warning(
                            ProblemCode.NOT_SUPPORTED_YET,
                            mark,
                            "'%s' is checked, but this server does nothing with it yet"
                                    .formatted(what),
                            "remove it, or leave it for a later version");
            case BLOCKS -> {
                warning(
                        ProblemCode.NOT_SUPPORTED_YET,
                        mark,
                        "'%s' is checked, but this server can't do it yet, and starts no run"
                                .formatted(what),
                        "remove it to run the rest");
                problems.block(
                        context.isEmpty()
                                ? "'%s'".formatted(what)
                                : "'%s' of %s".formatted(what, context));
            }
        }
    }

    /** Returns where a part of {@code scalar} stands. */
    Mark within(YamlNode.Scalar scalar, int offset, int length) {
        return problems.full()
                ? scalar.mark()
                : problems.source(scalar.mark()).within(scalar, offset, length);
    }
}
