package io.headrace.engine.plugin;

import java.time.Duration;
import java.util.HashSet;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops plugins whose place was taken or given up, in the background, when they are not used. */
final class Retirement {

    private static final Logger log = LoggerFactory.getLogger(Retirement.class);

    /** When the server ends, nothing that uses a plugin is worth a longer wait. */
    private static final Duration AT_SHUT_DOWN = Duration.ofSeconds(2);

    private final Limits limits;
    private final BiConsumer<String, String> didNotStop;

    /**
     * @param didNotStop is told the id of a plugin that did not stop, and why
     */
    Retirement(Limits limits, BiConsumer<String, String> didNotStop) {
        this.limits = limits;
        this.didNotStop = didNotStop;
    }

    /** Takes no more calls for {@code plugin}; stops it when those under way are over. */
    void begin(RunningPlugin plugin, boolean removed) {
        plugin.retire();
        Thread.ofVirtual()
                .name("plugin-retirement-" + plugin.id())
                .start(() -> end(plugin, removed));
    }

    private void end(RunningPlugin plugin, boolean removed) {
        try {
            try {
                plugin.stop(limits.drain(), limits.stop(), removed);
            } catch (PluginException e) {
                log.warn("The plugin '{}' did not stop well", plugin.id(), e);
                didNotStop.accept(plugin.id(), String.valueOf(e.getMessage()));
            }
            plugin.letGo();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops all plugins, dependants first; lets go of those that nobody uses. */
    void shutDown(Registry registry) {
        var left = new HashSet<RunningPlugin>();
        for (var slot : registry.slots()) {
            if (slot.running() != null) {
                left.add(slot.running());
            }
        }
        while (!left.isEmpty()) {
            var next =
                    left.stream()
                            .filter(one -> left.stream().noneMatch(other -> other.uses(one.id())))
                            .findAny()
                            .orElseGet(() -> left.iterator().next());
            left.remove(next);
            shutDown(next);
        }
    }

    private void shutDown(RunningPlugin plugin) {
        try {
            try {
                plugin.stop(AT_SHUT_DOWN, limits.stop(), false);
            } catch (PluginException e) {
                log.warn("The plugin '{}' did not stop well", plugin.id(), e);
            }
            if (plugin.leases().awaitIdle(Duration.ZERO)) {
                plugin.letGo();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
