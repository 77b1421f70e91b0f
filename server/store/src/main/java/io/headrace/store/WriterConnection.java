package io.headrace.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer's connection, opened anew when it broke. Belongs to the writer's thread. */
final class WriterConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

    private final Vendor vendor;
    private final ReadyQueue queue;
    private @Nullable Sql sql;

    WriterConnection(Vendor vendor, ReadyQueue queue) {
        this.vendor = vendor;
        this.queue = queue;
    }

    Transaction begin() throws SQLException {
        var open = sql;
        if (open == null) {
            open = open();
        }
        try {
            return new Transaction(open, vendor, queue, vendor.now(open));
        } catch (SQLException e) {
            // The first thing that a broken connection says; nothing is lost yet.
            LOG.info("Connecting to the database again: {}", e.getMessage());
            drop(open);
            open = open();
            return new Transaction(open, vendor, queue, vendor.now(open));
        }
    }

    void commit(Transaction transaction) throws SQLException {
        try {
            transaction.sql().connection().commit();
        } catch (SQLException e) {
            transaction.rolledBack();
            drop(transaction.sql());
            throw new CommitFailed(e);
        }
        transaction.committed();
    }

    void rollback(Transaction transaction) {
        transaction.rolledBack();
        try {
            transaction.sql().connection().rollback();
        } catch (SQLException e) {
            LOG.info("Giving up a broken connection to the database: {}", e.getMessage());
            drop(transaction.sql());
        }
    }

    private Sql open() throws SQLException {
        var opened = new Sql(vendor.connect());
        try {
            // What was in doubt when the last connection broke is settled by reading it.
            queue.load(opened);
            opened.connection().commit();
        } catch (SQLException | RuntimeException e) {
            drop(opened);
            throw e;
        }
        sql = opened;
        return opened;
    }

    private void drop(Sql broken) {
        sql = null;
        try (var connection = broken.connection();
                broken) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            LOG.debug("Closing a broken connection", e);
        }
    }

    void close() {
        if (sql != null) {
            drop(sql);
        }
    }
}
