package io.headrace.store;

import io.headrace.engine.StoreException;
import io.headrace.engine.queue.QueueRules;
import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.derby.jdbc.BasicEmbeddedDataSource40;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Apache Derby, inside this process: one controller, whose clock is the database's. */
class Derby implements Vendor {

    private static final Logger LOG = LoggerFactory.getLogger(Derby.class);

    /**
     * What Derby reads once, when it starts. The cache is 4,000 pages. The lock on a whole table,
     * which by default comes with the 5,000th row, would stop all readers while a large run is
     * accepted. Whether a statement's plan still fits is asked each 1,000th time only, not each
     * 100th: in tables that grow, making plans anew took a sixth of the writer's time. Durability
     * stays at its default, which is full.
     */
    private static final Map<String, String> PROPERTIES =
            Map.of(
                    "derby.storage.pageCacheSize", "4000",
                    "derby.locks.escalationThreshold", "1000000",
                    "derby.locks.waitTimeout", "20",
                    "derby.locks.deadlockTimeout", "2",
                    "derby.language.stalePlanCheckInterval", "1000",
                    "derby.stream.error.method", DerbyLog.class.getName() + ".writer");

    private final String directory;
    private final InstantSource clock;
    private final BasicEmbeddedDataSource40 source = new BasicEmbeddedDataSource40();

    private Derby(String directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        source.setDatabaseName(directory);
    }

    /**
     * Opens the database, or makes it.
     *
     * @throws StoreException if another process has it open, or if it can't be opened
     */
    static Derby open(String directory, InstantSource clock) {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        var derby = new Derby(directory, clock);
        var starter = new BasicEmbeddedDataSource40();
        starter.setDatabaseName(directory);
        starter.setCreateDatabase("create");
        try (var connection = starter.getConnection()) {
            LOG.debug("Opened {}", connection.getMetaData().getDatabaseProductVersion());
            return derby;
        } catch (SQLException e) {
            throw cannotOpen(directory, e);
        }
    }

    private static StoreException cannotOpen(String directory, SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // The cause is of a type that Derby does not publish; its text begins with the code.
            if (cause.toString().contains("ERROR XSDB6")) {
                return new StoreException(
                        Path.of(directory)
                                + " is in use by another Headrace; stop it or choose another"
                                + " --home",
                        failure);
            }
        }
        return new StoreException(
                "Cannot open the database in " + directory + ": " + failure.getMessage(), failure);
    }

    @Override
    public Connection connect() throws SQLException {
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return connection;
    }

    @Override
    public Connection snapshot() throws SQLException {
        // In a stricter isolation it would lock each row that it has seen.
        var connection = connect();
        connection.setReadOnly(true);
        return connection;
    }

    /** A copy of the files, which Derby makes while it goes on. */
    @Override
    public Vendor still(Path directory) throws SQLException {
        try (var connection = connect();
                var backup = connection.prepareCall("call syscs_util.syscs_backup_database(?)")) {
            backup.setString(1, directory.toString());
            backup.execute();
            connection.commit();
        }
        var copy = directory.resolve(Path.of(this.directory).getFileName());
        return new Derby(copy.toString(), clock) {

            @Override
            public void close() {
                super.close();
                delete(directory);
            }
        };
    }

    private static void delete(Path directory) {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.info("Leaving {} to the next backup: {}", directory, e.toString());
        }
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public Instant now(Sql sql) {
        return Times.kept(clock.instant());
    }

    @Override
    public String lock() {
        // There is one writer, so nobody else changes a row that it has read.
        return "";
    }

    @Override
    public String lockIfFree() {
        return "";
    }

    @Override
    public boolean tryLock(Sql sql, String name) {
        return true;
    }

    @Override
    public boolean startRun(Transaction transaction, long run) throws SQLException {
        transaction
                .sql()
                .update(
                        "update run set status = ?, started_at = ?, version = version + 1"
                                + " where id = ? and started_at is null",
                        Status.RUNNING,
                        transaction.now(),
                        run);
        return true;
    }

    @Override
    public String folder() {
        return "derby";
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("text", "clob");
    }

    @Override
    public ReadyQueue queue(QueueRules rules, Notifier notifier) {
        return new MemoryQueue(rules, notifier);
    }

    @Override
    public int controller() {
        return 0;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void connectTo(Notifier notifier) {
        // There are no others.
    }

    @Override
    public void close() {
        var stopper = new BasicEmbeddedDataSource40();
        stopper.setDatabaseName(directory);
        stopper.setShutdownDatabase("shutdown");
        try (var connection = stopper.getConnection()) {
            LOG.warn("Derby went on after it was told to stop: {}", connection);
        } catch (SQLException e) {
            // Derby says in this way that it did what it was told.
            if (!"08006".equals(e.getSQLState())) {
                LOG.warn("Derby did not stop cleanly; it will mend itself at the next start", e);
            }
        }
    }
}
