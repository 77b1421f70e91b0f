package io.headrace.store;

import java.io.IOException;
import java.nio.file.Files;

/**
 * A database without tables, for one test. Closing it removes it.
 *
 * @param removal removes it
 */
record EmptyDatabase(DatabaseConfig config, Runnable removal) implements AutoCloseable {

    static EmptyDatabase of(TestDatabase.Kind kind) throws IOException {
        return switch (kind) {
            case DERBY -> {
                var directory = Files.createTempDirectory("headrace-derby-empty");
                yield new EmptyDatabase(
                        DatabaseConfig.derby(directory.resolve("db")),
                        () -> TestDatabase.remove(directory));
            }
            case POSTGRESQL -> {
                var server = PostgresqlServer.running();
                var name = server.createEmpty();
                yield new EmptyDatabase(server.config(name), () -> server.drop(name));
            }
        };
    }

    @Override
    public void close() {
        removal.run();
    }
}
