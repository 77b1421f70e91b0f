package io.headrace.language;

import io.headrace.language.expression.Expression;

/**
 * The condition of a job or a step.
 *
 * @param text as written, without <code>${{ }}</code>
 */
public record Guard(String text, Expression expression) {}
