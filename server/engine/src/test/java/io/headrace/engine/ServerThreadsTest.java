package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void whatRunsIsInterruptedAndWaitedFor() throws Exception {
        var executor = Executors.newSingleThreadExecutor(ServerThreads.named("worker"));
        var begun = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        executor.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        begun.await();

        assertThat(ServerThreads.end(Duration.ofSeconds(30), executor)).isTrue();

        assertThat(executor.isTerminated()).isTrue();
        assertThat(interrupted).isTrue();
    }

    @Test
    void whatDoesNotEndIsWaitedForOnlySoLong() throws Exception {
        var executor = Executors.newSingleThreadExecutor(ServerThreads.named("worker"));
        var end = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        executor.execute(() -> {
            begun.countDown();
            var waiting = true;
            while (waiting) {
                try {
                    end.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // Who hangs does not listen.
                }
            }
        });
        begun.await();

        assertThat(ServerThreads.end(Duration.ofMillis(10), executor)).isFalse();

        end.countDown();
    }
}
