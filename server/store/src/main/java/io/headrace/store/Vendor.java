package io.headrace.store;

import io.headrace.engine.queue.QueueRules;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;

/** What differs between the databases. Any number of threads may call any method. */
interface Vendor extends AutoCloseable {

    /** Opens a connection: READ_COMMITTED, no automatic commit. */
    Connection connect() throws SQLException;

    /**
     * Opens a connection that only reads. On PostgreSQL it sees everything as of one moment; on
     * Derby, which knows no such thing, nobody may write meanwhile.
     */
    Connection snapshot() throws SQLException;

    /**
     * Returns a database that holds what this one holds now, and that nobody writes to while a
     * {@link #snapshot} of it is read. Its closing leaves this one open.
     *
     * @param directory for what that takes; is not there yet, and is gone after the closing
     */
    Vendor still(Path directory) throws SQLException;

    /** Opens connections as the driver gives them; for migrations. */
    DataSource source();

    /** Returns the time by the database's clock. */
    Instant now(Sql sql) throws SQLException;

    /** What is appended to a select so that nobody else changes its row before the commit. */
    String lock();

    /** Likewise, but leaves out a row that another controller has locked. */
    String lockIfFree();

    /**
     * Locks a name until the end of the transaction.
     *
     * @return false if another controller has it just now
     */
    boolean tryLock(Sql sql, String name) throws SQLException;

    /**
     * Makes a run {@code RUNNING} if it is not yet.
     *
     * @return false if another controller is changing that run just now
     */
    boolean startRun(Transaction transaction, long run) throws SQLException;

    /** The folder of this database's own migrations. */
    String folder();

    /** Values for the placeholders in migrations. */
    Map<String, String> placeholders();

    /** Makes the queue of jobs that are ready. */
    ReadyQueue queue(QueueRules rules, Notifier notifier);

    /** Returns the number of this controller, 0 to 1023, which no other live one has. */
    int controller() throws SQLException;

    /** Returns whether several processes can have it open. */
    boolean isShared();

    /** Begins to tell {@code notifier} of the commits of other controllers, and them of ours. */
    void connectTo(Notifier notifier);

    @Override
    void close();
}
