package io.headrace.engine.plugin;

import io.headrace.engine.Refused;
import io.headrace.engine.Refused.Why;
import io.headrace.engine.plugin.PluginInfo.Origin;
import io.headrace.engine.plugin.PluginInfo.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Installs a plugin that was looked through: starts it, and only then lets its file take the place
 * of the old one. Whatever fails, and wherever a crash comes, either the old or the new is there.
 */
final class Installation {

    private final PluginFiles files;
    private final PluginRecords records;
    private final Launch launch;
    private final Retirement retirement;

    Installation(PluginFiles files, PluginRecords records, Launch launch, Retirement retirement) {
        this.files = files;
        this.records = records;
        this.launch = launch;
        this.retirement = retirement;
    }

    /**
     * Returns the plugin, started; the old one still runs.
     *
     * @throws Refused if it may not be installed or does not start; nothing is changed then
     * @throws IOException if writing failed; nothing is changed then
     */
    Slot install(PluginZip zip, Registry registry, boolean allowDowngrade) throws IOException {
        var id = zip.manifest().id();
        var old = registry.slot(id);
        if (old != null) {
            refuseDowngrade(old, zip.manifest(), allowDowngrade);
            registry.refuseIfNeeded(id, "upgraded");
        }
        var places =
                old != null && old.origin() == Origin.INSTALLED
                        ? old.files()
                        : List.of(freePlace(id, registry));
        var target = places.getFirst();
        var running = start(zip, old, registry);
        try {
            commit(zip, target, old);
        } catch (IOException | RuntimeException e) {
            retirement.begin(running, false);
            throw e;
        }
        var committed = new PluginZip(target, zip.manifest(), zip.size(), zip.sha256());
        return Slot.of(committed, places, Origin.INSTALLED).started(running);
    }

    /** A file that is no valid plugin does not count: it gives way. */
    private Path freePlace(String id, Registry registry) {
        var place = files.place(id);
        for (var slot : registry.slots()) {
            if (slot.zip() != null && slot.files().contains(place)) {
                throw new Refused(
                        Why.CONFLICT,
                        "The file %s holds the plugin '%s'; rename it, restart and install again."
                                .formatted(place.getFileName(), slot.id()));
            }
        }
        return place;
    }

    private void commit(PluginZip zip, Path target, @Nullable Slot old) throws IOException {
        records.setDisabled(zip.manifest().id(), false);
        try {
            files.commit(zip.file(), target);
        } catch (IOException e) {
            if (old != null && old.state() == State.DISABLED) {
                records.setDisabled(old.id(), true);
            }
            throw e;
        }
    }

    private RunningPlugin start(PluginZip zip, @Nullable Slot old, Registry registry)
            throws IOException {
        try {
            return launch.start(zip, registry);
        } catch (PluginException e) {
            var outcome =
                    old != null && old.running() != null
                            ? "Version " + old.version() + " goes on."
                            : "Nothing was installed.";
            throw new Refused(Why.INVALID, e.getMessage() + ". " + outcome, e);
        }
    }

    private static void refuseDowngrade(Slot old, PluginManifest manifest, boolean allowed) {
        if (!allowed
                && old.zip() != null
                && PluginManifest.compareVersions(manifest.version(), old.version()) < 0) {
            throw new Refused(
                    Why.CONFLICT,
                    ("The plugin '%s' is there in version %s, which is newer than %s; ask for a"
                                    + " downgrade if you mean it.")
                            .formatted(old.id(), old.version(), manifest.version()));
        }
    }
}
