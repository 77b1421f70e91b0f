package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.run.StaleFence;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells failures of the database apart. */
final class Failures {

    private Failures() {}

    /**
     * Returns whether the same may succeed when it is tried again: a deadlock, a lock that was not
     * given in time, or a unique value that somebody else has just taken.
     */
    static boolean isPassing(Exception failure) {
        if (!(failure instanceof SQLException e) || e.getSQLState() == null) {
            return false;
        }
        var state = e.getSQLState();
        return state.startsWith("40") || state.equals("23505") || state.equals("55P03");
    }

    /** Returns what a caller is told. */
    static RuntimeException of(Exception failure) {
        return switch (failure) {
            case StoreException e -> e;
            case CommitFailed e -> new StoreException(String.valueOf(e.getMessage()), e);
            case SQLException e -> new StoreException(message(e), e);
            case RuntimeException e -> new StoreException("Cannot write to the database: " + e, e);
            case Exception e -> new StoreException("Cannot use the database: " + e, e);
        };
    }

    /** Returns what is to be thrown in the thread of a caller for what its operation threw. */
    static RuntimeException ofCaller(@Nullable Throwable failure) {
        return switch (failure) {
            case Refused e -> e;
            case StaleFence e -> e;
            // Thrown anew, so that the trace shows who asked.
            case StoreException e -> new StoreException(String.valueOf(e.getMessage()), e);
            case Exception e -> of(e);
            case null -> new StoreException("Cannot use the database");
            case Throwable e -> new StoreException("Cannot use the database: " + e, e);
        };
    }

    /** Returns whether the connection is gone, or can't be had. */
    static boolean isOfConnection(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private static String message(SQLException e) {
        if (isOfConnection(e)) {
            return "The database can't be reached: " + e.getMessage();
        }
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("53100") || state.equals("XSDG1") || state.equals("XJ040")) {
            return "The database's disk is full: " + e.getMessage();
        }
        return "The database refused: " + e.getMessage();
    }
}
