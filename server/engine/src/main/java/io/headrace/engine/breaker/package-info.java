/**
 * Circuit breakers: as long as something that jobs need is down, they are held in the queue, and
 * one job at a time tries whether it is back.
 *
 * <p>Start at {@link io.headrace.engine.breaker.Breaker}.
 */
@NullMarked
package io.headrace.engine.breaker;

import org.jspecify.annotations.NullMarked;
