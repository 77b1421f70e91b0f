/**
 * The small language of conditions and of {@code ${{ }}}: typed, without effects, without loops.
 *
 * <p>Start at {@link io.headrace.language.expression.ExpressionParser}; {@link
 * io.headrace.language.expression.ExpressionChecker} finds wrong names and types before anything
 * runs, {@link io.headrace.language.expression.Reducer} evaluates as far as the facts go.
 */
@NullMarked
package io.headrace.language.expression;

import org.jspecify.annotations.NullMarked;
