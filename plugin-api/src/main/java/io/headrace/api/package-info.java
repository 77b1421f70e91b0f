/**
 * All that a plugin author sees.
 *
 * <p>A plugin implements one or more of the extension points here, marks each implementation with
 * PF4J's {@link org.pf4j.Extension}, and is packaged as a zip with a {@code plugin.properties}.
 * Start at the extension point that you want: {@link io.headrace.api.Executor} (where a job runs),
 * {@link io.headrace.api.ArtifactStore} (where bytes are kept), {@link io.headrace.api.ScmProvider}
 * (where sources come from), {@link io.headrace.api.StepAction} (a step given by {@code uses:}) or
 * {@link io.headrace.api.AdminPage} (a page of the administration).
 *
 * <p>What the documentation of an extension point promises, its contract test in the test jar of
 * this module proves; extend it to prove your own.
 */
@NullMarked
package io.headrace.api;

import org.jspecify.annotations.NullMarked;
