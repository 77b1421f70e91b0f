package io.headrace.engine.plugin;

import io.headrace.engine.plugin.PluginInfo.Usage;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.pf4j.Plugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin from its start to its stop: its classes, its extensions, and who is using them. An
 * upgrade makes another one.
 */
final class RunningPlugin {

    private static final Logger log = LoggerFactory.getLogger(RunningPlugin.class);

    private final PluginZip zip;
    private final Path directory;
    private final Set<String> dependencies;
    private final URLClassLoader loader;
    private final Plugin plugin;
    private final List<LoadedExtension> extensions;
    private final Leases leases = new Leases();
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    RunningPlugin(
            PluginZip zip,
            Path directory,
            Set<String> dependencies,
            URLClassLoader loader,
            Plugin plugin,
            List<LoadedExtension> extensions) {
        this.zip = zip;
        this.directory = directory;
        this.dependencies = Set.copyOf(dependencies);
        this.loader = loader;
        this.plugin = plugin;
        this.extensions = List.copyOf(extensions);
    }

    String id() {
        return zip.manifest().id();
    }

    PluginManifest manifest() {
        return zip.manifest();
    }

    /** Returns whether this plugin's classes may refer to those of {@code other}. */
    boolean uses(String other) {
        return dependencies.contains(other);
    }

    ClassLoader loader() {
        return loader;
    }

    List<LoadedExtension> extensions() {
        return extensions;
    }

    Leases leases() {
        return leases;
    }

    Usage usage() {
        return new Usage(calls.sum(), errors.sum(), Duration.ofNanos(nanos.sum()));
    }

    void count(long elapsedNanos) {
        calls.increment();
        nanos.add(elapsedNanos);
    }

    void countError() {
        errors.increment();
    }

    /** Takes no calls from now on; those under way go on. */
    void retire() {
        leases.close();
    }

    /**
     * Waits for the calls under way, for {@code patience} at most, and stops the plugin. Calls that
     * take longer go on, so its classes stay until {@link #letGo}.
     *
     * @param limit for the plugin's own stop method
     * @param removed whether the plugin should clean up for good
     * @throws PluginException if the plugin did not stop, or threw
     */
    void stop(Duration patience, Duration limit, boolean removed) throws InterruptedException {
        retire();
        if (!leases.awaitIdle(patience)) {
            log.warn(
                    "Calls to the plugin '{}' go on after {} s; it is stopped, and its classes are"
                            + " kept until they end",
                    id(),
                    patience.toSeconds());
        }
        try {
            Bounded.call(
                    id(),
                    "stop",
                    loader,
                    limit,
                    () -> {
                        plugin.stop();
                        if (removed) {
                            plugin.delete();
                        }
                        return true;
                    });
        } catch (Thrown e) {
            throw new PluginException(
                    id(),
                    "The plugin '%s' failed to stop: %s".formatted(id(), Words.of(e.thrown())),
                    Words.copyOf(e.thrown()));
        }
    }

    /** Waits for the last call, however long it takes, and lets go of the classes. */
    void letGo() throws InterruptedException {
        leases.awaitIdle();
        warnOfThreads();
        release(loader, directory);
    }

    /** Lets go of a plugin's classes, and deletes what was unpacked. */
    static void release(URLClassLoader loader, Path directory) {
        ResourceBundle.clearCache(loader);
        try {
            loader.close();
            PluginFiles.deleteTree(directory);
        } catch (IOException e) {
            log.warn("Files of a stopped plugin stay until the next start: {}", directory, e);
        }
    }

    private void warnOfThreads() {
        var left =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> loader.equals(thread.getContextClassLoader()))
                        .map(Thread::getName)
                        .toList();
        if (!left.isEmpty()) {
            log.warn(
                    "The plugin '{}' was stopped but left these threads running: {}; its memory"
                            + " can't be had back while they do",
                    id(),
                    left);
        }
    }
}
