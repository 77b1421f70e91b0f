package io.headrace.store;

import io.headrace.engine.StoreException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema to the version that this program knows. Flyway does it; but a schema that is
 * there already is found by one query, because Flyway alone needs a second to start.
 */
final class Migrations {

    /** The table in which Flyway notes what it did; in lower case in both databases. */
    static final String HISTORY = "headrace_schema";

    private final Vendor vendor;
    private final List<Script> scripts;

    Migrations(Vendor vendor) {
        this.vendor = vendor;
        this.scripts = scripts(vendor.folder());
    }

    /**
     * Returns all migrations in their order.
     *
     * @param folder of those that one kind of database alone has
     */
    static List<Script> scripts(String folder) {
        return List.of(
                new Script("V1__tables.sql"),
                new Script(folder + "/V2__indexes.sql"),
                new Script("V3__locks.sql"),
                new Script("V5__fair_share.sql"),
                new Script(folder + "/V6__fair_share.sql"),
                new Script("V7__retries.sql"),
                new Script(folder + "/V8__retry_indexes.sql"),
                new Script("V9__workers.sql"),
                new Script(folder + "/V10__workers.sql"));
    }

    /** Returns the version of the schema that this program knows. */
    int known() {
        return scripts.getLast().version();
    }

    /**
     * Returns the version of the schema that the database has, 0 if it has none.
     *
     * @throws StoreException if a newer program, or one that was never released, made it
     */
    int found() {
        return check(applied());
    }

    /**
     * @throws StoreException if a newer program wrote the database, or if a migration fails
     */
    void migrate() {
        migrate(known());
    }

    /**
     * Brings the schema to {@code version} at least, one of those that this program knows.
     *
     * @throws StoreException if a newer program wrote the database, or if a migration fails
     */
    void migrate(int version) {
        if (check(applied()) >= version) {
            return;
        }
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(vendor.source())
                    .table(HISTORY)
                    .locations(new String[0])
                    .resourceProvider(new Scripts(scripts))
                    .placeholders(vendor.placeholders())
                    .target(Integer.toString(version))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException("Cannot bring the database up to date: " + e.getMessage(), e);
        }
    }

    /** Returns the newest of {@code applied}, if all of them are ours. */
    private int check(Map<Integer, Integer> applied) {
        var known = known();
        var found = applied.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (found > known) {
            throw new StoreException(
                    ("The database was written by a newer Headrace (schema %d; this one knows up"
                                    + " to %d). Start that version, or restore the backup that was"
                                    + " made before the upgrade.")
                            .formatted(found, known));
        }
        for (var script : scripts) {
            var checksum = applied.get(script.version());
            if (checksum != null && checksum != script.checksum()) {
                throw new StoreException(
                        "The database was made by an unreleased build of Headrace, whose tables were others;"
                                + " move it away to begin with an empty one (the embedded one is the"
                                + " directory 'db' in the home directory), or start that build again.");
            }
        }
        return found;
    }

    /**
     * Returns the migrations that the schema has had, with their checksums; those that were cut
     * short not.
     */
    private Map<Integer, Integer> applied() {
        try (var connection = vendor.connect()) {
            try (var sql = new Sql(connection)) {
                var tables = connection.getMetaData();
                try (var found =
                        tables.getTables(
                                null, connection.getSchema(), "%", new String[] {"TABLE"})) {
                    if (!has(found)) {
                        return Map.of();
                    }
                }
                return sql
                        .list(
                                "select \"version\", \"checksum\" from \""
                                        + HISTORY
                                        + "\" where \"version\" is not null and \"success\" = true",
                                row -> Map.entry(Integer.parseInt(row.text(1)), row.small(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new StoreException("Cannot read the database's version: " + e.getMessage(), e);
        }
    }

    private static boolean has(java.sql.ResultSet tables) throws SQLException {
        while (tables.next()) {
            if (HISTORY.equals(tables.getString("TABLE_NAME"))) {
                return true;
            }
        }
        return false;
    }

    /** Gives Flyway exactly our scripts. */
    private record Scripts(List<Script> scripts) implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return scripts.stream()
                    .filter(script -> script.getRelativePath().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return scripts.stream()
                    .filter(script ->
                            script.getFilename().startsWith(prefix)
                                    && List.of(suffixes).contains(".sql"))
                    .map(LoadableResource.class::cast)
                    .toList();
        }
    }
}
