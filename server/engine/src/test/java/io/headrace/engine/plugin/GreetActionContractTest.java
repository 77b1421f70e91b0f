package io.headrace.engine.plugin;

import io.headrace.api.StepAction;
import io.headrace.api.StepActionContract;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The sample's action keeps what every action promises. */
class GreetActionContractTest extends StepActionContract {

    private @TempDir Path folder;
    private URLClassLoader loader;

    @BeforeEach
    void unpack() throws IOException {
        PluginZip.inspect(SamplePlugin.build(folder.resolve("sample.zip")))
                .extract(folder.resolve("sample"));
        var jar = folder.resolve("sample/lib/plugin.jar").toUri().toURL();
        loader = new URLClassLoader(new URL[] {jar}, getClass().getClassLoader());
    }

    @AfterEach
    void closeLoader() throws IOException {
        loader.close();
    }

    @Override
    protected StepAction action() throws Exception {
        return (StepAction)
                loader.loadClass("com.example.greetings.GreetAction")
                        .getConstructor()
                        .newInstance();
    }

    @Override
    protected Map<String, String> inputs() {
        return Map.of("name", "World");
    }
}
