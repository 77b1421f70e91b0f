package io.headrace.engine.run;

/**
 * A queued job, and why it waits.
 *
 * @param reason in words, such as {@code all 4 slots of pool 'default' are busy}
 * @param impossible whether no worker that is known could ever take it
 */
public record WaitingJob(QueuedJob job, String reason, boolean impossible) {}
