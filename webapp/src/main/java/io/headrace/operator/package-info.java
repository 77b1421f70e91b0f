/**
 * What an operator does with the files of a server, on the command line of the WAR.
 *
 * <p>Start at {@link io.headrace.operator.Operator}, which {@code io.headrace.Main} calls. No
 * server runs in this process.
 */
@NullMarked
package io.headrace.operator;

import org.jspecify.annotations.NullMarked;
