package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.backup.ArchiveReader;
import io.headrace.engine.backup.ArchiveWriter;
import io.headrace.engine.backup.Manifest;
import io.headrace.engine.backup.Progress;
import java.io.IOException;
import java.sql.SQLException;

/** Copies a database into an archive and from there into an empty database, of either kind. */
final class Copying {

    /** A row of {@code setting} that a database has while it is being filled. */
    private static final String UNFINISHED = "import.unfinished";

    private static final String IS_UNFINISHED =
            "select 1 from setting where name = '" + UNFINISHED + "'";

    private final Vendor vendor;
    private final Progress progress;

    Copying(Vendor vendor, Progress progress) {
        this.vendor = vendor;
        this.progress = progress;
    }

    /** Writes all rows as of one moment. */
    void write(ArchiveWriter archive) throws SQLException, IOException {
        var schema = new Migrations(vendor).found();
        if (schema == 0) {
            throw new StoreException("The database is empty: no server has used it yet");
        }
        try (var connection = vendor.snapshot()) {
            try (var sql = new Sql(connection)) {
                refuseUnfinished(sql);
                archive.describe(new Manifest.Database(schema, installation(sql), vendor.folder()));
                new RowsWriter(connection, archive, progress).write(Catalogue.read(connection));
            } finally {
                connection.rollback();
            }
        }
    }

    private static String installation(Sql sql) throws SQLException {
        return sql.first(
                        "select content from setting where name = 'installation'",
                        row -> row.text(1))
                .orElse("");
    }

    /**
     * Fills an empty database and brings its schema up to date.
     *
     * @throws Refused if the database is not empty, or the archive is of a newer Headrace, damaged
     *     or not of a database
     */
    void read(ArchiveReader archive) throws SQLException, IOException {
        readAsItWas(archive);
        new Migrations(vendor).migrate();
    }

    /** Like {@link #read}, but leaves the schema as the archive has it. */
    void readAsItWas(ArchiveReader archive) throws SQLException, IOException {
        var database = archive.manifest().database();
        if (database == null) {
            throw Refused.invalid(archive.file() + " holds no database");
        }
        var migrations = new Migrations(vendor);
        if (database.schema() > migrations.known()) {
            throw Refused.invalid(
                    "%s is of a newer Headrace (schema %d; this one knows up to %d); use that version"
                            .formatted(archive.file(), database.schema(), migrations.known()));
        }
        var found = refuseFilled();
        if (found > database.schema()) {
            throw Refused.invalid(
                    "The database has the schema %d and the archive the older %d; import into a database without tables"
                            .formatted(found, database.schema()));
        }
        archive.verify("database/", progress);
        migrations.migrate(database.schema());
        fill(archive);
    }

    /**
     * Returns the schema of a database without rows, 0 if it has none.
     *
     * @throws Refused if it has rows, or tables of others
     */
    int refuseFilled() throws SQLException {
        var found = new Migrations(vendor).found();
        try (var connection = vendor.connect();
                var sql = new Sql(connection)) {
            var catalogue = Catalogue.read(connection);
            if (found == 0 && !catalogue.tables().isEmpty()) {
                throw notEmpty("the table '%s'".formatted(catalogue.tables().getFirst().name()));
            }
            var filled = RowsReader.filled(sql, catalogue);
            if (!filled.isEmpty()) {
                throw notEmpty("rows in the table '%s'".formatted(filled.getFirst()));
            }
            connection.rollback();
            return found;
        }
    }

    private static Refused notEmpty(String what) {
        return new Refused(
                Refused.Why.CONFLICT,
                "The database has %s already; import into an empty one (the embedded one is the directory 'db' in the home directory)"
                        .formatted(what));
    }

    private void fill(ArchiveReader archive) throws SQLException, IOException {
        try (var connection = vendor.connect();
                var sql = new Sql(connection)) {
            try {
                var catalogue = Catalogue.read(connection);
                var rows = new RowsReader(connection, archive, progress);
                rows.compare(catalogue);
                // What migrations wrote is among what comes, as it was left.
                for (var table : catalogue.tables().reversed()) {
                    sql.update("delete from " + table.name());
                }
                // Without it, a server could start with half of the rows.
                sql.update(
                        "insert into setting (name, content) values ('"
                                + UNFINISHED
                                + "', 'delete this database')");
                connection.commit();
                rows.read(catalogue);
                sql.update("delete from setting where name = '" + UNFINISHED + "'");
                connection.commit();
            } finally {
                connection.rollback();
            }
        }
    }

    /**
     * @throws StoreException if the database was not filled to the end
     */
    static void refuseUnfinished(Sql sql) throws SQLException {
        if (sql.exists(IS_UNFINISHED)) {
            throw new StoreException(
                    "An import into this database was cut short. Delete it (the embedded one is the directory 'db' in the home directory) and import again");
        }
    }
}
