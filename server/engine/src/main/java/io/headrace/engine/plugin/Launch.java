package io.headrace.engine.plugin;

import io.headrace.engine.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDependency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts plugins after those that they need. */
final class Launch {

    private static final Logger log = LoggerFactory.getLogger(Launch.class);

    private final PluginStarter starter;

    Launch(PluginStarter starter) {
        this.starter = starter;
    }

    /**
     * Starts all valid plugins but those in {@code disabled}; those that don't wait for each other
     * at the same time.
     */
    Registry startAll(Registry known, Collection<String> disabled) {
        var registry = known;
        var waiting = new TreeMap<String, Waiting>();
        for (var slot : known.slots()) {
            if (slot.zip() != null && !disabled.contains(slot.id())) {
                waiting.put(slot.id(), new Waiting(slot, slot.zip()));
            }
        }
        while (!waiting.isEmpty()) {
            var ready = waiting.values().stream().filter(one -> !waitsFor(one, waiting)).toList();
            if (ready.isEmpty()) {
                var circle = String.join(", ", waiting.keySet());
                for (var one : waiting.values()) {
                    registry =
                            registry.with(
                                    one.slot()
                                            .failed(
                                                    "It is one of a circle of plugins that need each"
                                                            + " other, or needs one of them: "
                                                            + circle
                                                            + ". Uninstall one"));
                }
                return registry;
            }
            registry = registry.withAll(startTogether(ready, registry));
            ready.forEach(one -> waiting.remove(one.slot().id()));
        }
        return registry;
    }

    /** A plugin that is to be started. */
    private record Waiting(Slot slot, PluginZip zip) {}

    private static boolean waitsFor(Waiting one, Map<String, Waiting> waiting) {
        return one.zip().manifest().dependencies().stream()
                .anyMatch(dependency -> waiting.containsKey(dependency.getPluginId()));
    }

    private List<Slot> startTogether(List<Waiting> ready, Registry registry) {
        var slots = new ArrayList<Slot>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starting =
                    ready.stream()
                            .map(one ->
                                    threads.submit(() -> started(one.slot(), one.zip(), registry)))
                            .toList();
            for (var one : starting) {
                slots.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Starting a plugin failed by our own fault", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while plugins were starting", e);
        }
        return slots;
    }

    /** Returns {@code slot} as it is after an attempt to start it. */
    Slot started(Slot slot, PluginZip zip, Registry registry) {
        try {
            return slot.started(start(zip, registry));
        } catch (PluginException | Refused | IOException e) {
            log.warn("The plugin '{}' could not be started", slot.id(), e);
            return slot.failed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Starts a plugin.
     *
     * @throws PluginException if it does not start, or what it needs is not there
     * @throws Refused if its zip turns out to be damaged
     * @throws IOException if it can't be unpacked
     */
    RunningPlugin start(PluginZip zip, Registry registry) throws IOException {
        var manifest = zip.manifest();
        var loaders = new HashMap<String, ClassLoader>();
        for (var dependency : manifest.dependencies()) {
            var slot = registry.slot(dependency.getPluginId());
            if (slot != null
                    && slot.running() != null
                    && PluginManifest.satisfies(
                            slot.version(), dependency.getPluginVersionSupport())) {
                loaders.put(slot.id(), slot.running().loader());
            } else if (!dependency.isOptional()) {
                throw new PluginException(
                        manifest.id(),
                        "The plugin '%s' needs the plugin '%s' (%s), %s"
                                .formatted(
                                        manifest.id(),
                                        dependency.getPluginId(),
                                        dependency.getPluginVersionSupport(),
                                        missing(dependency, slot)));
            }
        }
        return starter.start(zip, loaders);
    }

    private static String missing(PluginDependency dependency, @Nullable Slot slot) {
        if (slot == null) {
            return "which is not installed; install it first";
        }
        if (slot.running() == null) {
            return "which does not run; enable it first";
        }
        return "but version %s is there; install %s"
                .formatted(slot.version(), dependency.getPluginVersionSupport());
    }
}
