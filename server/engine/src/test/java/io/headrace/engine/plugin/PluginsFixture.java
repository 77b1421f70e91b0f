package io.headrace.engine.plugin;

import io.headrace.api.StepAction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server's plugins in a home of their own, with little patience. */
abstract class PluginsFixture {

    static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1));

    @TempDir Path home;

    final MemoryRecords records = new MemoryRecords();
    Plugins plugins;

    @BeforeEach
    void startPlugins() throws IOException {
        Files.createDirectories(bundled());
        restart(LIMITS);
    }

    @AfterEach
    void stopPlugins() {
        plugins.close();
    }

    final void restart(Limits limits) throws IOException {
        if (plugins != null) {
            plugins.close();
        }
        plugins =
                new Plugins(
                        folders(),
                        records,
                        AesSettingsCipher.at(home.resolve("secrets/settings.key")),
                        limits);
        plugins.start();
    }

    final PluginFolders folders() {
        return PluginFolders.in(home, bundled());
    }

    final Path bundled() {
        return home.resolve("bundled");
    }

    final PluginInfo install(TestPlugin plugin) throws IOException {
        try (InputStream zip = plugin.open()) {
            return plugins.install(zip);
        }
    }

    /** A plugin with a step action of the same name, whose {@code run} has {@code body}. */
    static TestPlugin action(String id, String version, String body) {
        return new TestPlugin(id, version).source("p.Action", actionSource(id, body, ""));
    }

    static String actionSource(String name, String body, String members) {
        return """
        package p;

        import io.headrace.api.*;
        import java.util.*;

        @org.pf4j.Extension
        public class Action implements StepAction {
            %s
            @Override public String name() { return "%s"; }
            @Override public List<Input> inputs() { return List.of(); }
            @Override public int run(StepContext context) throws ExecutionException, InterruptedException {
                %s
            }
        }
        """
                .formatted(members, name, body);
    }

    final StepAction action(String name) {
        return plugins.action(name).orElseThrow();
    }

    final RecordingContext context(String... inputs) {
        return new RecordingContext(inputs.length == 0 ? Map.of() : Map.of(inputs[0], inputs[1]));
    }
}
