package io.headrace.language;

import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;

/**
 * Reports problems of one part of a pipeline.
 *
 * @param context such as {@code job 'build', step 'test'}; empty at the top level
 */
record Report(Problems problems, String context) {

    /** Returns a reporter for a part inside this one. */
    Report in(String part) {
        return new Report(problems, context.isEmpty() ? part : context + ", " + part);
    }

    void error(ProblemCode code, Mark mark, String message, String fix) {
        problems.add(code, PipelineProblem.Severity.ERROR, context, mark, message, fix);
    }

    void warning(ProblemCode code, Mark mark, String message, String fix) {
        problems.add(code, PipelineProblem.Severity.WARNING, context, mark, message, fix);
    }

    /** Returns where a part of {@code scalar} stands. */
    Mark within(YamlNode.Scalar scalar, int offset, int length) {
        return problems.full() ? scalar.mark() : problems.source().within(scalar, offset, length);
    }
}
