package io.headrace.store;

import io.headrace.engine.Configuration;
import io.headrace.engine.Home;
import java.nio.file.Path;

/**
 * Where the database is.
 *
 * @param url JDBC URL; {@code jdbc:derby:} with a directory, or {@code jdbc:postgresql:}
 * @param user empty for Derby
 * @param password may be empty; never shown
 * @param readers how many threads read at once, 1 to 100
 */
public record DatabaseConfig(String url, String user, String password, int readers) {

    private static final String DERBY = "jdbc:derby:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int DEFAULT_READERS = 6;

    public DatabaseConfig {
        if (!url.startsWith(DERBY) && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException(
                    "The database's URL must begin with " + DERBY + " or " + POSTGRESQL);
        }
        if (readers < 1 || readers > 100) {
            throw new IllegalArgumentException("database.readers must be 1 to 100, not " + readers);
        }
    }

    /** Returns the configuration of an embedded database in {@code directory}. */
    public static DatabaseConfig derby(Path directory) {
        return new DatabaseConfig(DERBY + directory.toAbsolutePath(), "", "", DEFAULT_READERS);
    }

    /**
     * Returns the configuration of a PostgreSQL database.
     *
     * @param url such as {@code jdbc:postgresql://host/database}
     */
    public static DatabaseConfig postgresql(String url, String user, String password) {
        return new DatabaseConfig(url, user, password, DEFAULT_READERS);
    }

    /** Returns which database a server with that home and configuration uses. */
    public static DatabaseConfig of(Home home, Configuration configuration) {
        return configuration.databaseUrl().isEmpty()
                ? derby(home.database())
                : postgresql(
                        configuration.databaseUrl(),
                        configuration.databaseUser(),
                        configuration.databasePassword());
    }

    boolean isDerby() {
        return url.startsWith(DERBY);
    }

    /** Returns the directory of an embedded database. */
    String derbyDirectory() {
        return url.substring(DERBY.length());
    }

    @Override
    public String toString() {
        // A URL may carry a password among its parameters.
        var parameters = url.indexOf('?');
        return "DatabaseConfig[" + (parameters < 0 ? url : url.substring(0, parameters)) + "]";
    }
}
