package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class ServerThreadsTest {

    @Test
    void aThreadThatIsMadeInAPluginsCallDoesNotKeepThePlugin() throws Exception {
        var current = Thread.currentThread();
        var before = current.getContextClassLoader();
        try (var plugin = new URLClassLoader(new URL[0], before)) {
            current.setContextClassLoader(plugin);

            var thread = ServerThreads.numbered("reader-").newThread(() -> {});

            assertThat(thread.getName()).isEqualTo("reader-1");
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader())
                    .isSameAs(ServerThreads.class.getClassLoader());
        } finally {
            current.setContextClassLoader(before);
        }
    }
}
