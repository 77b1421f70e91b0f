package io.headrace.store;

import io.headrace.engine.run.Status;

/** The numbers that stand for states in the database; they never change. */
final class Statuses {

    private Statuses() {}

    static int code(Status status) {
        return switch (status) {
            case PENDING -> 0;
            case QUEUED -> 1;
            case RUNNING -> 2;
            case WAITING -> 3;
            case SUCCEEDED -> 4;
            case FAILED -> 5;
            case ERRORED -> 6;
            case CANCELLED -> 7;
            case SKIPPED -> 8;
        };
    }

    static Status of(int code) {
        return switch (code) {
            case 0 -> Status.PENDING;
            case 1 -> Status.QUEUED;
            case 2 -> Status.RUNNING;
            case 3 -> Status.WAITING;
            case 4 -> Status.SUCCEEDED;
            case 5 -> Status.FAILED;
            case 6 -> Status.ERRORED;
            case 7 -> Status.CANCELLED;
            case 8 -> Status.SKIPPED;
            default -> throw new IllegalStateException("The database holds status " + code);
        };
    }
}
