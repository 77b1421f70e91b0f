/**
 * Why attempts fail, whether another may help, and how long to wait before it.
 *
 * <p>Start at {@link io.headrace.engine.retry.Failure}; a {@link
 * io.headrace.engine.retry.RetryPolicy} decides. Nothing here keeps anything.
 */
@NullMarked
package io.headrace.engine.retry;

import org.jspecify.annotations.NullMarked;
