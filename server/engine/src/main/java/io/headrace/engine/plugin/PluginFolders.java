package io.headrace.engine.plugin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where plugins are. No folder lies inside another one of them.
 *
 * @param bundled holds the zips that come with the server; never written to; null or a missing
 *     folder means that none do
 * @param installed holds the zips that administrators installed, {@code $HEADRACE_HOME/plugins}
 * @param work takes the unpacked plugins; belongs to one server alone and is emptied at its start
 * @param data holds one folder per plugin for files of its own, which outlive the plugin
 * @param shared the same for artifact stores, which all processes on a database use; may be the
 *     same folder as {@code data}
 */
public record PluginFolders(
        @Nullable Path bundled, Path installed, Path work, Path data, Path shared) {

    /** The folders below a {@code $HEADRACE_HOME}. */
    public static PluginFolders in(Path home, @Nullable Path bundled) {
        return in(home, home, bundled);
    }

    /** Likewise, with what processes share below another folder. */
    public static PluginFolders in(Path home, Path shared, @Nullable Path bundled) {
        return new PluginFolders(
                bundled,
                home.resolve("plugins"),
                home.resolve("work").resolve("plugins"),
                home.resolve("data").resolve("plugins"),
                shared.resolve("data").resolve("plugins"));
    }
}
