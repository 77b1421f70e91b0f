package io.headrace.engine.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The sample plugin of {@code docs/examples/plugin}, for tests of all modules: the plugin {@code
 * greetings} with the step action {@code greet} and the page {@code greetings}.
 *
 * <p>This module's build compiles it, as compiling its page takes Vaadin, and leaves the zip in the
 * test jar.
 */
public final class SamplePlugin {

    private static final String ZIP = "sample-plugin.zip";

    private SamplePlugin() {}

    /** Writes the plugin, version 1.0.0, to {@code target}, and returns {@code target}. */
    public static Path build(Path target) throws IOException {
        try (var zip = SamplePlugin.class.getResourceAsStream(ZIP)) {
            if (zip == null) {
                throw new IllegalStateException(
                        ZIP + " is missing; the build of the engine's tests makes it");
            }
            Files.createDirectories(target.toAbsolutePath().getParent());
            Files.copy(zip, target);
        }
        return target;
    }

    /** Compiles the plugin in {@code version} from its sources; needs Vaadin on the class path. */
    static TestPlugin compile(String version) throws IOException {
        var folder = sources();
        var properties = new Properties();
        properties.load(
                new StringReader(
                        Files.readString(
                                folder.resolve("src/main/plugin/plugin.properties"), UTF_8)));
        var plugin = new TestPlugin("greetings", version);
        for (var key : properties.stringPropertyNames()) {
            if (!key.equals("plugin.version")) {
                plugin.property(key, properties.getProperty(key));
            }
        }
        plugin.sources(folder.resolve("src/main/java"));
        for (var name :
                new String[] {
                    "com.vaadin.flow.component.Component",
                    "com.vaadin.flow.component.html.Div",
                    "tools.jackson.databind.JsonNode",
                    "tools.jackson.core.TreeNode",
                    "com.fasterxml.jackson.annotation.JsonFormat"
                }) {
            try {
                plugin.seeing(Class.forName(name, false, SamplePlugin.class.getClassLoader()));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("Compiling the sample's page takes " + name, e);
            }
        }
        return plugin;
    }

    /** Returns {@code docs/examples/plugin}, looked for upwards from the working directory. */
    static Path sources() {
        for (var folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            var sample = folder.resolve("docs/examples/plugin");
            if (Files.isRegularFile(sample.resolve("pom.xml"))) {
                return sample;
            }
        }
        throw new IllegalStateException("docs/examples/plugin is not above the working directory");
    }

    /** Called by the build: writes the zip into the folder of the tests' classes. */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]).resolve("io/headrace/engine/plugin");
        compile("1.0.0").build(folder.resolve(ZIP));
    }
}
