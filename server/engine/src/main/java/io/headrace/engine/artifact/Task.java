package io.headrace.engine.artifact;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a {@link Pipe}, on a virtual thread of its own.
 *
 * @param <T> what it comes to
 */
final class Task<T extends @Nullable Object> {

    private final FutureTask<T> task;
    private final Thread thread;
    private volatile @Nullable Exception failure;

    /**
     * Starts {@code work}.
     *
     * @param atFailure told at once, on the other thread, so that the pipe's other end stops too
     */
    Task(Callable<T> work, Consumer<Exception> atFailure) {
        task =
                new FutureTask<>(() -> {
                    try {
                        return work.call();
                    } catch (IOException | RuntimeException e) {
                        failure = e;
                        atFailure.accept(e);
                        throw e;
                    }
                });
        thread = Thread.ofVirtual().name("artifacts").start(task);
    }

    /** Waits for the result. */
    T result() throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Throws this end's failure if there is one: what the other end says only follows from it. */
    void throwFailure() throws IOException {
        var first = failure;
        if (first instanceof IOException io) {
            throw io;
        }
        if (first instanceof RuntimeException bug) {
            throw bug;
        }
    }

    /** Waits until it has ended, whatever comes; an interrupt is kept for later. */
    void awaitEnd() {
        var interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
