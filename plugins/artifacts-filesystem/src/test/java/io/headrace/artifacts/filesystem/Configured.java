package io.headrace.artifacts.filesystem;

import io.headrace.api.PluginContext;
import java.nio.file.Path;
import java.util.HashMap;

/** Stores as the server would configure them. */
final class Configured {

    private Configured() {}

    /**
     * @param settings names and values in turn
     */
    static FileSystemArtifactStore store(Path data, String... settings) {
        var store = new FileSystemArtifactStore();
        configure(store, data, settings);
        return store;
    }

    static void configure(FileSystemArtifactStore store, Path data, String... settings) {
        var given = new HashMap<String, String>();
        for (var i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        store.configure(new PluginContext(data, store.settings().check(given)));
    }
}
