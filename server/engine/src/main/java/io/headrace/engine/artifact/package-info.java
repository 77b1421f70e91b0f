/** Named outputs of jobs, and the bytes behind them. */
@NullMarked
package io.headrace.engine.artifact;

import org.jspecify.annotations.NullMarked;
