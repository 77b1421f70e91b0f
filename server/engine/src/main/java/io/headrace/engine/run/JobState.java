package io.headrace.engine.run;

/**
 * Where a job is in its life:
 *
 * <pre>
 * Pending → Queued ⇄ Running → Ended
 *       ↘  ↗
 *      Waiting
 * </pre>
 *
 * <p>Each state offers the ways out of it and no others. A running job that is tried again is
 * queued with a new attempt, while the old one keeps its end (conflicts C11). Everything that has
 * not ended can be cancelled. {@link Ended} is left only in a run that goes on, when somebody has a
 * job of its dead letters run again: then too there is a new attempt, and what was cancelled for
 * want of the job, and never had one, waits again.
 */
public sealed interface JobState {

    /** Returns the name of this state. */
    Status status();

    /** Returns the state of a name. */
    static JobState of(Status status) {
        return switch (status) {
            case PENDING -> new Pending();
            case WAITING -> new Waiting();
            case QUEUED -> new Queued();
            case RUNNING -> new Running();
            case SUCCEEDED, FAILED, ERRORED, CANCELLED, SKIPPED -> new Ended(status);
        };
    }

    /** Jobs that it needs are not over. */
    record Pending() implements JobState {

        @Override
        public Status status() {
            return Status.PENDING;
        }

        /** Its needs are met. */
        public Transition queue() {
            return new Transition(Status.PENDING, Status.QUEUED, "");
        }

        /** Its needs are met, but something else is not there yet, which {@code reason} names. */
        public Transition hold(String reason) {
            return new Transition(Status.PENDING, Status.WAITING, reason);
        }

        public Transition cancel(String reason) {
            return new Transition(Status.PENDING, Status.CANCELLED, reason);
        }
    }

    /** It waits for something other than a worker, such as a lock. */
    record Waiting() implements JobState {

        @Override
        public Status status() {
            return Status.WAITING;
        }

        /** It waits for something else now, which {@code reason} names. */
        public Transition hold(String reason) {
            return new Transition(Status.WAITING, Status.WAITING, reason);
        }

        /** What it waited for is there. */
        public Transition queue() {
            return new Transition(Status.WAITING, Status.QUEUED, "");
        }

        public Transition cancel(String reason) {
            return new Transition(Status.WAITING, Status.CANCELLED, reason);
        }
    }

    /** It waits for a worker. */
    record Queued() implements JobState {

        @Override
        public Status status() {
            return Status.QUEUED;
        }

        /** A worker took it. */
        public Transition start() {
            return new Transition(Status.QUEUED, Status.RUNNING, "");
        }

        public Transition cancel(String reason) {
            return new Transition(Status.QUEUED, Status.CANCELLED, reason);
        }
    }

    /** Exactly one worker has it. */
    record Running() implements JobState {

        @Override
        public Status status() {
            return Status.RUNNING;
        }

        /**
         * Its attempt ended, and with it the job.
         *
         * @param outcome terminal
         * @throws IllegalArgumentException if {@code outcome} is not terminal
         */
        public Transition end(Status outcome, String reason) {
            if (!outcome.isTerminal()) {
                throw new IllegalArgumentException("A job does not end as " + outcome);
            }
            return new Transition(Status.RUNNING, outcome, reason);
        }

        /** Its attempt ended, and there is to be another. */
        public Transition retry(String reason) {
            return new Transition(Status.RUNNING, Status.QUEUED, reason);
        }
    }

    /** It is over. */
    record Ended(Status status) implements JobState {

        /**
         * Somebody wants it to be tried again although it had ended.
         *
         * @throws IllegalStateException unless it {@code FAILED} or is {@code ERRORED}
         */
        public Transition requeue(String reason) {
            if (status != Status.FAILED && status != Status.ERRORED) {
                throw new IllegalStateException("A job that is " + status + " isn't tried again");
            }
            return new Transition(status, Status.QUEUED, reason);
        }

        /**
         * A job that it needs, and for want of which it was cancelled, is tried again.
         *
         * @throws IllegalStateException unless it is {@code CANCELLED}
         */
        public Transition reopen() {
            if (status != Status.CANCELLED) {
                throw new IllegalStateException("A job that is " + status + " wasn't cancelled");
            }
            return new Transition(status, Status.PENDING, "");
        }
    }
}
