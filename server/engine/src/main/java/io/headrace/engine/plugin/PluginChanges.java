package io.headrace.engine.plugin;

import io.headrace.engine.Refused;
import io.headrace.engine.Refused.Why;
import io.headrace.engine.plugin.PluginInfo.Origin;
import io.headrace.engine.plugin.PluginInfo.State;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes which plugins run, one change after the other. The lock is for changes alone, which may
 * take as long as a plugin may take to start; whoever uses plugins looks at the {@link Registry} of
 * the moment and waits for nothing.
 */
final class PluginChanges {

    private static final Logger log = LoggerFactory.getLogger(PluginChanges.class);

    private final PluginFiles files;
    private final PluginRecords records;
    private final Configuration configuration;
    private final Launch launch;
    private final Installation installation;
    private final StarvationWatch watch = new StarvationWatch();
    private final Retirement retirement;
    private final ReentrantLock changing = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, Slot> bundled = Map.of();
    private volatile Registry registry = Registry.EMPTY;

    PluginChanges(
            PluginFolders folders, PluginRecords records, SettingsCipher cipher, Limits limits) {
        this.files = new PluginFiles(folders);
        this.records = records;
        var settings = new SettingsKeeper(records, cipher, folders);
        this.configuration = new Configuration(settings, limits.start());
        this.launch =
                new Launch(
                        new PluginStarter(
                                folders,
                                settings,
                                PluginChanges.class.getClassLoader(),
                                limits.start()));
        this.retirement = new Retirement(limits, this::didNotStop);
        this.installation = new Installation(files, records, launch, retirement);
    }

    Registry registry() {
        return registry;
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void start() throws IOException {
        changing.lock();
        try {
            watch.start();
            files.prepare();
            bundled = Inventory.of(files.bundled(), Origin.BUNDLED);
            var known = Inventory.of(files.installed(), Origin.INSTALLED);
            var all = Registry.EMPTY.withAll(bundled.values()).withAll(known.values());
            registry = launch.startAll(all, records.disabled());
        } finally {
            changing.unlock();
        }
        changed();
    }

    PluginInfo install(InputStream upload, boolean allowDowngrade) throws IOException {
        try {
            return receive(upload, allowDowngrade);
        } catch (IOException e) {
            var full = files.fullDisk(e);
            if (full.isPresent()) {
                throw full.get();
            }
            throw e;
        }
    }

    private PluginInfo receive(InputStream upload, boolean allowDowngrade) throws IOException {
        var received = files.receive(upload);
        Slot fresh;
        try {
            var zip = PluginZip.inspect(received);
            changing.lock();
            try {
                fresh = replace(zip, allowDowngrade);
            } finally {
                changing.unlock();
            }
        } finally {
            files.delete(received);
        }
        log.info("Installed the plugin '{}' {}", fresh.id(), fresh.version());
        changed();
        return registry.info(fresh);
    }

    private Slot replace(PluginZip zip, boolean allowDowngrade) throws IOException {
        var old = registry.slot(zip.manifest().id());
        if (old != null && runs(old, zip)) {
            return old;
        }
        var fresh = installation.install(zip, registry, allowDowngrade);
        registry = registry.without(fresh.files().getFirst().getFileName().toString()).with(fresh);
        retire(old, false);
        return fresh;
    }

    private static boolean runs(Slot old, PluginZip zip) {
        return old.running() != null
                && old.zip() != null
                && old.zip().sha256().equals(zip.sha256());
    }

    PluginInfo enable(String id) {
        Slot slot;
        changing.lock();
        try {
            slot = existing(id);
            var zip = valid(slot);
            if (slot.running() == null) {
                records.setDisabled(id, false);
                slot = launch.started(slot, zip, registry);
                registry = registry.with(slot);
            }
        } finally {
            changing.unlock();
        }
        changed();
        if (slot.state() == State.FAILED) {
            throw new Refused(Why.CONFLICT, String.valueOf(slot.reason()));
        }
        return registry.info(slot);
    }

    PluginInfo disable(String id) {
        Slot slot;
        changing.lock();
        try {
            var old = existing(id);
            valid(old);
            registry.refuseIfNeeded(id, "disabled");
            records.setDisabled(id, true);
            slot = old.disabled();
            registry = registry.with(slot);
            retire(old, false);
        } finally {
            changing.unlock();
        }
        changed();
        return registry.info(slot);
    }

    void uninstall(String id) throws IOException {
        changing.lock();
        try {
            var old = existing(id);
            if (old.origin() == Origin.BUNDLED) {
                throw new Refused(
                        Why.CONFLICT,
                        "The plugin '%s' comes with the server; disable it instead.".formatted(id));
            }
            registry.refuseIfNeeded(id, "uninstalled");
            // The one in use last: after a crash, no older one may take its place.
            for (var file : old.files().reversed()) {
                files.delete(file);
            }
            records.setDisabled(id, false);
            var below = bundled.get(id);
            registry =
                    below == null
                            ? registry.without(id)
                            : registry.with(launch.started(below, valid(below), registry));
            retire(old, true);
        } finally {
            changing.unlock();
        }
        log.info("Uninstalled the plugin '{}'", id);
        changed();
    }

    ExtensionSettings settings(String extension) {
        return configuration.view(extension(extension));
    }

    ExtensionSettings setSettings(String id, Map<String, String> values) {
        changing.lock();
        try {
            configuration.replace(extension(id), values);
        } finally {
            changing.unlock();
        }
        changed();
        return settings(id);
    }

    void close() {
        changing.lock();
        try {
            var last = registry;
            registry = Registry.EMPTY;
            retirement.shutDown(last);
            watch.stop();
        } finally {
            changing.unlock();
        }
    }

    private void retire(@Nullable Slot old, boolean removed) {
        if (old != null && old.running() != null) {
            retirement.begin(old.running(), removed);
        }
    }

    private void didNotStop(String id, String why) {
        changing.lock();
        try {
            var slot = registry.slot(id);
            if (slot != null) {
                registry =
                        registry.with(
                                slot.state() == State.DISABLED
                                        ? slot.failed(why)
                                        : slot.warned(why));
            }
        } finally {
            changing.unlock();
        }
        changed();
    }

    private void changed() {
        for (var listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.error("A listener to changes of plugins failed", e);
            }
        }
    }

    private Slot existing(String id) {
        var slot = registry.slot(id);
        if (slot == null) {
            throw Refused.notFound("There is no plugin '%s'.".formatted(ZipNames.shown(id)));
        }
        return slot;
    }

    private static PluginZip valid(Slot slot) {
        if (slot.zip() == null) {
            throw new Refused(
                    Why.CONFLICT,
                    "The file '%s' is no valid plugin, so it can only be uninstalled: %s"
                            .formatted(slot.id(), slot.reason()));
        }
        return slot.zip();
    }

    private ExtensionHandle.Found extension(String id) {
        var found = registry.extension(id);
        if (found == null) {
            throw Refused.notFound(
                    "No plugin that runs has an extension '%s'.".formatted(ZipNames.shown(id)));
        }
        return found;
    }
}
