package io.headrace.engine.run;

/** A report came from a worker that has lost its lease, or for an attempt that is over. */
public final class StaleFence extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaleFence(AttemptId attempt, long fence) {
        super(
                "Attempt "
                        + attempt
                        + " is over or belongs to another worker; the report with fence "
                        + fence
                        + " changes nothing");
    }
}
