package io.headrace.engine.plugin;

import io.headrace.engine.plugin.PluginInfo.Origin;
import io.headrace.engine.plugin.PluginInfo.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that is known, whether it runs or not.
 *
 * @param zip null if the file is no valid plugin
 * @param files that hold it; the first is the one in use
 * @param reason why it failed, or null
 * @param running null unless it is started
 */
record Slot(
        String id,
        @Nullable PluginZip zip,
        List<Path> files,
        Origin origin,
        State state,
        @Nullable String reason,
        @Nullable RunningPlugin running,
        List<String> warnings) {

    Slot {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }

    /** A plugin that is not started yet. */
    static Slot of(PluginZip zip, List<Path> files, Origin origin) {
        return new Slot(
                zip.manifest().id(), zip, files, origin, State.DISABLED, null, null, List.of());
    }

    /** A file that is no valid plugin. Its name can't be the id of one: it has a dot. */
    static Slot broken(Path file, Origin origin, String reason) {
        return new Slot(
                file.getFileName().toString(),
                null,
                List.of(file),
                origin,
                State.FAILED,
                reason,
                null,
                List.of());
    }

    Slot started(RunningPlugin plugin) {
        return new Slot(id, zip, files, origin, State.STARTED, null, plugin, warnings);
    }

    Slot failed(String why) {
        return new Slot(id, zip, files, origin, State.FAILED, why, null, warnings);
    }

    Slot disabled() {
        return new Slot(id, zip, files, origin, State.DISABLED, null, null, warnings);
    }

    Slot warned(String warning) {
        var all = new ArrayList<>(warnings);
        all.add(warning);
        return new Slot(id, zip, files, origin, state, reason, running, all);
    }

    /** Returns the version, or nothing if the file can't be read. */
    String version() {
        return zip == null ? "" : zip.manifest().version();
    }
}
