/**
 * Logs of attempts: written once, read from any line, never held in memory.
 *
 * <p>Start at {@link io.headrace.engine.log.Logs}. A log is a file of {@link
 * io.headrace.engine.log.Batch}es beside an index; its end renames it, and if it is long it is
 * compressed later. Nobody waits for anybody: the writer publishes how far it has come, readers and
 * followers read the file up to there. Secrets are replaced on the way in.
 */
@NullMarked
package io.headrace.engine.log;

import org.jspecify.annotations.NullMarked;
