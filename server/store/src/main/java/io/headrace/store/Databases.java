package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.backup.ArchiveReader;
import io.headrace.engine.backup.ArchiveWriter;
import io.headrace.engine.backup.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

/**
 * What is done with a whole database while no server has it open: a copy, a fill, a check. A
 * PostgreSQL may have servers meanwhile, for {@link #export} and {@link #check}.
 */
public final class Databases {

    private Databases() {}

    /** Does something with an open database. */
    @FunctionalInterface
    private interface Task<T> {
        T run(Vendor vendor) throws SQLException, IOException;
    }

    /**
     * Writes all rows of a database, as of one moment.
     *
     * @throws StoreException if there is none, or if it can't be read
     */
    public static void export(DatabaseConfig config, ArchiveWriter archive, Progress progress)
            throws IOException {
        existing(
                config,
                vendor -> {
                    new Copying(vendor, progress).write(archive);
                    return true;
                });
    }

    /**
     * Checks that a database can be filled.
     *
     * @throws Refused if it has tables or rows
     */
    public static void expectEmpty(DatabaseConfig config) throws IOException {
        if (!isMade(config)) {
            return;
        }
        run(
                config,
                vendor -> {
                    new Copying(vendor, Progress.NONE).refuseFilled();
                    return true;
                });
    }

    /**
     * Fills an empty database, which is made if it is not there.
     *
     * @throws Refused if it is not empty, or if the archive is damaged, is of a newer version, or
     *     holds no database; the database is as before
     * @throws StoreException if the database can't be written to; it is of no use then, and says so
     */
    public static void load(DatabaseConfig config, ArchiveReader archive, Progress progress)
            throws IOException {
        run(
                config,
                vendor -> {
                    new Copying(vendor, progress).read(archive);
                    return true;
                });
    }

    /**
     * Looks whether the rows fit together.
     *
     * @throws StoreException if there is no database, or if it can't be read
     */
    public static Findings check(DatabaseConfig config, Progress progress) {
        try {
            return existing(config, vendor -> new Checks(vendor, progress).run());
        } catch (IOException e) {
            throw new StoreException("Cannot read the database: " + e.getMessage(), e);
        }
    }

    /** Derby would make one that is not there. */
    private static boolean isMade(DatabaseConfig config) {
        return !config.isDerby()
                || Files.exists(Path.of(config.derbyDirectory(), "service.properties"));
    }

    private static <T> T existing(DatabaseConfig config, Task<T> task) throws IOException {
        if (!isMade(config)) {
            throw new StoreException("There is no database in " + config.derbyDirectory());
        }
        return run(config, task);
    }

    private static <T> T run(DatabaseConfig config, Task<T> task) throws IOException {
        try (var vendor = DatabaseStores.connect(config, Clock.systemUTC())) {
            return task.run(vendor);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }
}
