package io.headrace.engine.log;

/**
 * Consecutive lines of one step. A step has several ranges if others wrote between its lines.
 *
 * @param step index of the step in its job, from 0, or {@link LogLine#JOB}
 * @param firstLine counted from 1
 * @param lines how many
 */
public record StepRange(int step, long firstLine, long lines) {}
