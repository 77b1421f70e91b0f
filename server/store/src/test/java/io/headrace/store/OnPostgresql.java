package io.headrace.store;

import io.headrace.engine.Stores;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/** A database on the {@link PostgresqlServer}. */
final class OnPostgresql implements TestDatabase {

    private final PostgresqlServer server = PostgresqlServer.running();
    private final String name = server.create();

    @Override
    public DatabaseConfig config() {
        return server.config(name);
    }

    @Override
    public Stores open() {
        return DatabaseStores.open(config(), InstantSource.system());
    }

    /** Nobody can set PostgreSQL's clock: so all times that matter go back instead. */
    @Override
    public void pass(Duration time) {
        var micros = Times.micros(time);
        try (var connection = server.connect(name);
                var sql = new Sql(connection)) {
            sql.update(
                    "update live set lease_until = lease_until - ?, not_before = not_before - ?,"
                            + " created_at = created_at - ?, queued_at = queued_at - ?,"
                            + " queue_rank = queue_rank - ?",
                    micros,
                    micros,
                    micros,
                    micros,
                    micros);
            sql.update("update run set started_at = started_at - ?", micros);
            sql.update("update retrying set since = since - ?", micros);
            sql.update(
                    "update breaker set try_at = try_at - ?, trial_until = trial_until - ?",
                    micros,
                    micros);
            sql.update(
                    "update worker set lease_until = lease_until - ?, seen_at = seen_at - ?",
                    micros,
                    micros);
            sql.update("update lease set held_until = held_until - ?", micros);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot let time pass", e);
        }
    }

    @Override
    public void close() {
        server.drop(name);
    }
}
