/**
 * Jobs that used up their attempts for reasons that are not their author's: kept with their cause
 * until somebody has them run again, or dismisses them.
 *
 * <p>Start at {@link io.headrace.engine.deadletter.DeadLetters}.
 */
@NullMarked
package io.headrace.engine.deadletter;

import org.jspecify.annotations.NullMarked;
