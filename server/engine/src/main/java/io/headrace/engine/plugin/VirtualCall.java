package io.headrace.engine.plugin;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs plugin code on a virtual thread: on the caller's if it is one, on a new one otherwise, so
 * that thread-locals of a pooled thread never keep a plugin's classes alive.
 */
final class VirtualCall {

    private VirtualCall() {}

    static <T extends @Nullable Object> T run(String plugin, ClassLoader loader, Callable<T> work)
            throws Exception {
        var current = Thread.currentThread();
        if (current.isVirtual()) {
            return here(loader, work);
        }
        var task = new FutureTask<>(work);
        var thread =
                Thread.ofVirtual()
                        .name("plugin-" + plugin)
                        .inheritInheritableThreadLocals(false)
                        .unstarted(task);
        thread.setContextClassLoader(loader);
        thread.start();
        var interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    // The caller's interrupt is meant for the plugin, which ends the call by it.
                    thread.interrupt();
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Thrown thrown) {
                interrupted &= !(thrown.thrown() instanceof InterruptedException);
                throw thrown;
            }
            throw e;
        } finally {
            if (interrupted) {
                current.interrupt();
            }
        }
    }

    /** Runs {@code work} on this thread, with {@code loader} as its context. */
    static <T extends @Nullable Object> T here(ClassLoader loader, Callable<T> work)
            throws Exception {
        var current = Thread.currentThread();
        var before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            return work.call();
        } finally {
            current.setContextClassLoader(before);
        }
    }
}
