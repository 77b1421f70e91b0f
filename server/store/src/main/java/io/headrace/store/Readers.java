package io.headrace.store;

import io.headrace.engine.ServerThreads;
import io.headrace.engine.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on a few threads and connections of its own. Callers wait on futures, so an interrupt of
 * theirs never reaches Derby, which would close its files.
 */
final class Readers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final Vendor vendor;
    private final ExecutorService threads;
    private final ConcurrentLinkedDeque<Sql> idle = new ConcurrentLinkedDeque<>();

    /** Reads something. */
    @FunctionalInterface
    interface Reading<T extends @Nullable Object> {
        T read(Sql sql) throws SQLException;
    }

    Readers(Vendor vendor, int count) {
        this.vendor = vendor;
        var pool =
                new ThreadPoolExecutor(
                        count,
                        count,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        ServerThreads.numbered("headrace-store-reader-"));
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /**
     * Returns what {@code reading} returns; it is tried a second time if a lock or the connection
     * was to blame.
     */
    <T extends @Nullable Object> T read(Reading<T> reading) {
        try {
            return start(reading).join();
        } catch (CompletionException e) {
            throw Failures.ofCaller(e.getCause());
        }
    }

    /**
     * Like {@link #read}, but gives up after a time.
     *
     * @throws StoreException if there is no answer in time, too
     */
    <T extends @Nullable Object> T read(Reading<T> reading, int seconds) {
        try {
            return start(reading).orTimeout(seconds, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new StoreException(
                        "The database gave no sign of life within " + seconds + " s");
            }
            throw Failures.ofCaller(e.getCause());
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> start(Reading<T> reading) {
        try {
            return CompletableFuture.supplyAsync(() -> readTwice(reading), threads);
        } catch (RejectedExecutionException e) {
            throw new StoreException("The database is closed", e);
        }
    }

    private <T extends @Nullable Object> T readTwice(Reading<T> reading) {
        try {
            return readOnce(reading);
        } catch (SQLException e) {
            LOG.debug("Reading again", e);
            if (Failures.isOfConnection(e)) {
                // The others are older than what ended this one.
                closeIdle();
            }
        }
        try {
            return readOnce(reading);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private <T extends @Nullable Object> T readOnce(Reading<T> reading) throws SQLException {
        var sql = idle.pollFirst();
        if (sql == null) {
            var connection = vendor.connect();
            connection.setReadOnly(true);
            sql = new Sql(connection);
        }
        var healthy = false;
        try {
            var result = reading.read(sql);
            sql.connection().commit();
            healthy = true;
            return result;
        } finally {
            if (healthy) {
                idle.addFirst(sql);
            } else {
                close(sql.connection());
            }
        }
    }

    private static void close(Connection connection) {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("Closing a broken connection", e);
        }
    }

    @Override
    public void close() {
        threads.close();
        closeIdle();
    }

    private void closeIdle() {
        for (var sql = idle.pollFirst(); sql != null; sql = idle.pollFirst()) {
            close(sql.connection());
        }
    }
}
