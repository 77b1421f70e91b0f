package io.headrace.store;

import io.headrace.engine.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;

/** A fresh database for one test. Closing it removes it. */
interface TestDatabase extends AutoCloseable {

    Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** The databases that Headrace knows. */
    enum Kind {
        DERBY {
            @Override
            TestDatabase create() {
                return new OnDerby();
            }
        },
        POSTGRESQL {
            @Override
            TestDatabase create() {
                return new OnPostgresql();
            }
        };

        abstract TestDatabase create();
    }

    /** Returns how to open it. */
    DatabaseConfig config();

    /** Opens it; each call is one more controller, where the database can have many. */
    Stores open();

    /** Lets time go by, by the database's clock. */
    void pass(Duration time);

    @Override
    void close();

    /** Removes a directory with all that is in it. */
    static void remove(Path directory) {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot remove " + directory, e);
        }
    }

    /** Derby, in a directory, with a clock that stands until it is told to go on. */
    final class OnDerby implements TestDatabase {

        /** A database with the newest schema: made once, copied for each test. */
        private static final class Template {

            static final Path DIRECTORY;

            static {
                try {
                    DIRECTORY = Files.createTempDirectory("headrace-derby-template");
                } catch (IOException e) {
                    throw new IllegalStateException("Cannot make a directory", e);
                }
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(DIRECTORY)));
                DatabaseStores.open(
                                DatabaseConfig.derby(DIRECTORY.resolve("db")),
                                InstantSource.fixed(START))
                        .close();
            }
        }

        private static void copy(Path from, Path to) throws IOException {
            try (var paths = Files.walk(from)) {
                for (var path : paths.skip(1).toList()) {
                    Files.copy(path, to.resolve(from.relativize(path)));
                }
            }
        }

        private final AtomicReference<Instant> now = new AtomicReference<>(START);
        private final Path directory;

        OnDerby() {
            try {
                directory = Files.createTempDirectory("headrace-derby");
                copy(Template.DIRECTORY, directory);
            } catch (IOException e) {
                throw new IllegalStateException("Cannot make a directory", e);
            }
        }

        @Override
        public DatabaseConfig config() {
            return DatabaseConfig.derby(directory.resolve("db"));
        }

        @Override
        public Stores open() {
            // A restart takes time, and ids are made of it.
            pass(Duration.ofMillis(10));
            return DatabaseStores.open(config(), now::get);
        }

        @Override
        public void pass(Duration time) {
            now.updateAndGet(before -> before.plus(time));
        }

        @Override
        public void close() {
            remove(directory);
        }
    }
}
