package io.headrace.store;

import io.headrace.engine.run.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL on one connection and keeps its statements prepared. One thread at a time.
 *
 * <p>Parameters may be null, a text, a number, a Boolean (kept as 0 or 1), an {@link Instant} (kept
 * as microseconds), a {@link Status} (kept as its number) or an array for PostgreSQL.
 */
final class Sql implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Returns how many rows it changed. */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        var statement = prepared(sql);
        bind(statement, parameters);
        return statement.executeUpdate();
    }

    /** Runs {@code sql} once for each of {@code rows}. */
    void batch(String sql, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.size() == 1) {
            update(sql, rows.getFirst());
            return;
        }
        var statement = prepared(sql);
        var waiting = 0;
        for (var row : rows) {
            bind(statement, row);
            statement.addBatch();
            if (++waiting == 500) {
                statement.executeBatch();
                waiting = 0;
            }
        }
        if (waiting > 0) {
            statement.executeBatch();
        }
    }

    <T> List<T> list(String sql, Row.Mapper<T> mapper, @Nullable Object... parameters)
            throws SQLException {
        var statement = prepared(sql);
        bind(statement, parameters);
        try (var result = statement.executeQuery()) {
            var row = new Row(result);
            var items = new ArrayList<T>();
            while (result.next()) {
                items.add(mapper.map(row));
            }
            return items;
        }
    }

    <T> Optional<T> first(String sql, Row.Mapper<T> mapper, @Nullable Object... parameters)
            throws SQLException {
        var statement = prepared(sql);
        bind(statement, parameters);
        try (var result = statement.executeQuery()) {
            return result.next() ? Optional.of(mapper.map(new Row(result))) : Optional.empty();
        }
    }

    boolean exists(String sql, @Nullable Object... parameters) throws SQLException {
        return first(sql, _ -> true, parameters).isPresent();
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
            throws SQLException {
        for (var i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case null -> statement.setObject(i + 1, null);
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
                case Instant time -> statement.setLong(i + 1, Times.micros(time));
                case Status status -> statement.setInt(i + 1, Statuses.code(status));
                case Object other -> statement.setObject(i + 1, other);
            }
        }
    }

    /** Closes the statements; the connection is its owner's to close. */
    @Override
    public void close() throws SQLException {
        for (var statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }
}
