/**
 * Named outputs of jobs, and the bytes behind them.
 *
 * <p>Start at {@link io.headrace.engine.artifact.Artifacts}. Bytes are in a plugin's store, rows in
 * a catalog; between a workspace and the store runs a tar stream.
 */
@NullMarked
package io.headrace.engine.artifact;

import org.jspecify.annotations.NullMarked;
