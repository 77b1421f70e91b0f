/**
 * Breaks servers, workers and databases at random while clients start runs, and then checks the
 * history of every run that was accepted. Start at {@link io.headrace.e2e.chaos.ChaosTrial}.
 */
@NullMarked
package io.headrace.e2e.chaos;

import org.jspecify.annotations.NullMarked;
