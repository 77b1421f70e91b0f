package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.run.StaleFence;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes what waits, up to 512 operations, runs it in one
 * transaction, commits once, and only then tells the callers. An operation that fails is found by
 * running all of its transaction again, each in its own.
 */
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int BATCH = 512;
    private static final int WAITING = 8192;
    private static final int TRIES = 4;
    private static final Comparator<Item<?>> ORDER =
            Comparator.<Item<?>, Operation.Turn>comparing(Item::turn).thenComparingLong(Item::lock);

    private final WriterConnection connection;
    private final Notifier notifier;
    private final BlockingQueue<Item<?>> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ended;

    /** An operation with its caller. */
    private record Item<T extends @Nullable Object>(
            Operation.Turn turn, long lock, Operation<T> operation, CompletableFuture<T> caller) {

        /** Runs it; what is returned tells the caller, after the commit. */
        Runnable run(Transaction transaction) throws SQLException {
            try {
                var result = operation.run(transaction);
                return () -> caller.complete(result);
            } catch (Refused | StaleFence e) {
                return () -> caller.completeExceptionally(e);
            }
        }
    }

    Writer(WriterConnection connection, Notifier notifier) {
        this.connection = connection;
        this.notifier = notifier;
        this.thread = Thread.ofPlatform().name("headrace-store-writer").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /**
     * Hands an operation in.
     *
     * @param lock id of the project or run that it locks, or 0
     * @return completes, on the writer's thread, when the operation is durable
     */
    <T extends @Nullable Object> CompletableFuture<T> submit(
            Operation.Turn turn, long lock, Operation<T> operation) {
        var caller = new CompletableFuture<T>();
        if (closing) {
            caller.completeExceptionally(closed());
            return caller;
        }
        put(new Item<>(turn, lock, operation, caller));
        if (ended) {
            failWaiting();
        }
        return caller;
    }

    /** Like {@link #submit}, and waits. */
    <T extends @Nullable Object> T call(Operation.Turn turn, long lock, Operation<T> operation) {
        return await(submit(turn, lock, operation));
    }

    /** Changes settings, in their turn, and waits. */
    <T extends @Nullable Object> T change(Operation<T> operation) {
        return call(Operation.Turn.SETTINGS, 0, operation);
    }

    /** Waits for an answer, also while interrupted: a change must not be left without one. */
    static <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw Failures.ofCaller(e.getCause());
        }
    }

    private void put(Item<?> item) {
        var interrupted = false;
        while (true) {
            try {
                if (ended || waiting.offer(item, 100, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            item.caller().completeExceptionally(closed());
        }
    }

    private void work() {
        var batch = new ArrayList<Item<?>>(BATCH);
        while (!closing || !waiting.isEmpty()) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                continue; // Nobody has a reason to; close() does not.
            }
            waiting.drainTo(batch, BATCH - 1);
            batch.sort(ORDER);
            commit(batch);
            batch.clear();
        }
        ended = true;
        failWaiting();
    }

    private void commit(List<Item<?>> batch) {
        if (batch.size() == 1) {
            commitAlone(batch.getFirst());
            return;
        }
        try {
            attempt(batch);
        } catch (CommitFailed e) {
            batch.forEach(item -> item.caller().completeExceptionally(Failures.of(e)));
        } catch (SQLException | RuntimeException e) {
            LOG.debug("One of {} operations failed; running each on its own", batch.size(), e);
            batch.forEach(this::commitAlone);
        }
    }

    private void commitAlone(Item<?> item) {
        for (var attempt = 1; ; attempt++) {
            try {
                attempt(List.of(item));
                return;
            } catch (SQLException | RuntimeException e) {
                if (attempt < TRIES && Failures.isPassing(e)) {
                    LOG.debug("Trying an operation again", e);
                    continue;
                }
                item.caller().completeExceptionally(Failures.of(e));
                return;
            }
        }
    }

    private void attempt(List<Item<?>> batch) throws SQLException {
        var answers = new ArrayList<Runnable>(batch.size());
        var transaction = connection.begin();
        try {
            for (var item : batch) {
                answers.add(item.run(transaction));
            }
        } catch (SQLException | RuntimeException e) {
            connection.rollback(transaction);
            throw e;
        }
        connection.commit(transaction);
        answers.forEach(Runnable::run);
        notifier.changed(transaction.changed());
    }

    private void failWaiting() {
        for (var item = waiting.poll(); item != null; item = waiting.poll()) {
            item.caller().completeExceptionally(closed());
        }
    }

    private static StoreException closed() {
        return new StoreException("The database is closed");
    }

    /** Writes what was handed in before, then ends. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        // Woken by an operation and not by an interrupt, which would close Derby's files.
        put(
                new Item<>(
                        Operation.Turn.CLAIM,
                        0,
                        _ -> {
                            closing = true;
                            return true;
                        },
                        new CompletableFuture<>()));
        Threads.join(thread);
        connection.close();
    }
}
