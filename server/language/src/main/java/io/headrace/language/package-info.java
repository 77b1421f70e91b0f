/**
 * Turns a pipeline file into a pipeline and a pipeline into a plan, or into every problem found.
 *
 * <p>Start at {@link io.headrace.language.PipelineParser} and {@link io.headrace.language.Planner}.
 * Nothing here touches the database, the network, a plugin, a thread or the clock, so all of it can
 * be tested with strings.
 */
@NullMarked
package io.headrace.language;

import org.jspecify.annotations.NullMarked;
