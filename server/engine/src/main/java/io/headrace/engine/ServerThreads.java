package io.headrace.engine;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes threads of the server's own. A thread takes over the context class loader of the one that
 * makes it, which may be just then in a plugin's call; the plugin's classes would be kept by it for
 * as long as it lives.
 */
public final class ServerThreads {

    private ServerThreads() {}

    /** Makes one thread after the other of that name. */
    public static ThreadFactory named(String name) {
        return of(Thread.ofPlatform().daemon().name(name));
    }

    /** Makes threads of that name and a number, from 1 on. */
    public static ThreadFactory numbered(String name) {
        return of(Thread.ofPlatform().daemon().name(name, 1));
    }

    /**
     * Lets nothing begin any more, interrupts what runs, and waits until it has ended.
     *
     * @return whether all has ended in time
     */
    public static boolean end(Duration patience, ExecutorService... executors) {
        for (var executor : executors) {
            executor.shutdownNow();
        }
        var deadline = System.nanoTime() + patience.toNanos();
        var ended = true;
        for (var executor : executors) {
            try {
                var left = deadline - System.nanoTime();
                ended &= executor.awaitTermination(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return ended;
    }

    private static ThreadFactory of(Thread.Builder builder) {
        var threads = builder.inheritInheritableThreadLocals(false).factory();
        return task -> {
            var thread = threads.newThread(task);
            thread.setContextClassLoader(ServerThreads.class.getClassLoader());
            return thread;
        };
    }
}
