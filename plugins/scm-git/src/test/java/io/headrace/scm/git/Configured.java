package io.headrace.scm.git;

import io.headrace.api.PluginContext;
import java.nio.file.Path;
import java.util.HashMap;

/** Providers as the server would configure them. */
final class Configured {

    private Configured() {}

    /**
     * @param settings names and values in turn
     */
    static GitProvider provider(Path data, String... settings) {
        var given = new HashMap<String, String>();
        for (var i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        var provider = new GitProvider();
        provider.configure(new PluginContext(data, provider.settings().check(given)));
        return provider;
    }
}
