/**
 * Runs jobs in Docker containers: one hardened container per attempt, one exec per command.
 *
 * <p>Start at {@link io.headrace.executor.docker.DockerExecutor}. {@link
 * io.headrace.executor.docker.StepShell} explains how a command is made to end with everything that
 * it started, {@link io.headrace.executor.docker.Hardening} what a container may not do.
 */
@NullMarked
package io.headrace.executor.docker;

import org.jspecify.annotations.NullMarked;
