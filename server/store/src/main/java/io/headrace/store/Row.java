package io.headrace.store;

import io.headrace.engine.run.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of a result, in our types. Columns are counted from 1. */
final class Row {

    private final ResultSet result;

    /** Makes something of a row. */
    @FunctionalInterface
    interface Mapper<T extends @Nullable Object> {
        T map(Row row) throws SQLException;
    }

    Row(ResultSet result) {
        this.result = result;
    }

    long number(int column) throws SQLException {
        return result.getLong(column);
    }

    @Nullable Long numberOrNull(int column) throws SQLException {
        var value = result.getLong(column);
        return result.wasNull() ? null : value;
    }

    int small(int column) throws SQLException {
        return result.getInt(column);
    }

    @Nullable Integer smallOrNull(int column) throws SQLException {
        var value = result.getInt(column);
        return result.wasNull() ? null : value;
    }

    boolean flag(int column) throws SQLException {
        return result.getInt(column) != 0;
    }

    String text(int column) throws SQLException {
        return result.getString(column);
    }

    @Nullable String textOrNull(int column) throws SQLException {
        return result.getString(column);
    }

    Instant time(int column) throws SQLException {
        return Times.instant(result.getLong(column));
    }

    @Nullable Instant timeOrNull(int column) throws SQLException {
        var value = result.getLong(column);
        return result.wasNull() ? null : Times.instant(value);
    }

    Status status(int column) throws SQLException {
        return Statuses.of(result.getInt(column));
    }
}
