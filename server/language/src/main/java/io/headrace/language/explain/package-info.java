/**
 * Answers people's questions about a plan: what runs when, what it waits for, why it runs, where
 * its variables come from, what happens if it fails.
 *
 * <p>Start at {@link io.headrace.language.explain.PlanOutline} for a whole plan and {@link
 * io.headrace.language.explain.Explainer} for one job.
 */
@NullMarked
package io.headrace.language.explain;

import org.jspecify.annotations.NullMarked;
