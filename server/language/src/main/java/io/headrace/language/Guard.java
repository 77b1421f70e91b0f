package io.headrace.language;

import io.headrace.language.expression.Expression;
import io.headrace.language.yaml.YamlNode;

/**
 * The condition of a job or a step.
 *
 * @param text as written, without <code>${{ }}</code>
 * @param scalar where it stands
 * @param from where in the scalar the expression begins, in UTF-16 units
 */
public record Guard(String text, Expression expression, YamlNode.Scalar scalar, int from) {}
