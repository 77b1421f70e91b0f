package io.headrace.engine.plugin;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a piece of a plugin's code for a bounded time, each time on a thread of its own.
 *
 * <p>It is a platform thread, which the system shares out by time: plugin code that loops takes one
 * core, while on a virtual thread it would keep a carrier from all others.
 */
final class Bounded {

    private Bounded() {}

    /**
     * Runs {@code work} to its end, or gives up waiting and interrupts it.
     *
     * @param plugin named in threads and messages
     * @param what completes "The plugin 'x' did not … within 30 s"
     * @throws PluginException if it took too long or the caller was interrupted
     * @throws Thrown with what {@code work} threw
     */
    static <T> T call(
            String plugin, String what, ClassLoader loader, Duration limit, Callable<T> work)
            throws Thrown {
        var task = new FutureTask<>(work);
        var thread =
                Thread.ofPlatform()
                        .name("plugin-" + plugin)
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .unstarted(task);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Thrown(requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException _) {
            task.cancel(true);
            throw new PluginException(
                    plugin,
                    ("The plugin '%s' did not %s within %d s. What it was doing may go on until the"
                                    + " server is restarted; tell its provider")
                            .formatted(plugin, what, limit.toSeconds()));
        } catch (InterruptedException _) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PluginException(
                    plugin, "The server was told to stop waiting for the plugin '" + plugin + "'");
        }
    }
}
