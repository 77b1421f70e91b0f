/**
 * Runs jobs as processes on the server's own machine.
 *
 * <p>Start at {@link io.headrace.executor.process.ProcessExecutor}. The work is in finding every
 * process that a command left: {@link io.headrace.executor.process.CommandProcesses} looks in the
 * command's control group, in its session and for its marker in the environment.
 */
@NullMarked
package io.headrace.executor.process;

import org.jspecify.annotations.NullMarked;
