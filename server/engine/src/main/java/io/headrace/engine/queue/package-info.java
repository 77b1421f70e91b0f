/**
 * Who gets the next slot: the rules, what each project and pool may have, and how much there is to
 * do. Start at {@link io.headrace.engine.queue.QueueRules}.
 */
@NullMarked
package io.headrace.engine.queue;

import org.jspecify.annotations.NullMarked;
