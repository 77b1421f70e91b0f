package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.api.ArtifactStore;
import io.headrace.api.ExecutionException;
import io.headrace.engine.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest extends PluginsFixture {

    private static final String STORE =
            """
            package p;

            import io.headrace.api.*;
            import java.io.*;
            import java.util.stream.Stream;

            @org.pf4j.Extension
            public class Store implements ArtifactStore {
                public String type() { return "odd"; }
                public Blob put(InputStream bytes) { return null; }
                public InputStream open(String sha256, long offset, long length) throws IOException {
                    if (offset > 0) throw new FileNotFoundException("no such blob");
                    return new InputStream() {
                        int left = 3;
                        public int read() {
                            if (left == 0) throw new IllegalStateException("torn");
                            return left--;
                        }
                    };
                }
                public boolean exists(String sha256) { return Thread.currentThread().isVirtual(); }
                public boolean delete(String sha256) { return false; }
                public Stream<Blob> list() { return Stream.of(new Blob("a".repeat(64), 1)); }
            }
            """;

    private ArtifactStore store() throws IOException {
        install(new TestPlugin("odd", "1.0.0").source("p.Store", STORE));
        return plugins.artifactStore("odd").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"oops\"); | IllegalStateException: oops",
                "return 1 / (context.inputs().size()); | ArithmeticException: / by zero",
                "return run(context); | StackOverflowError",
                "throw new NoClassDefFoundError(\"x/Y\"); | NoClassDefFoundError: x/Y",
                "throw new LinkageError(\"twice\"); | LinkageError: twice",
                "throw new OutOfMemoryError(\"all\"); | OutOfMemoryError: all",
            })
    void whateverAPluginThrowsNamesThePlugin(String body, String thrown) throws Exception {
        install(action("bad", "1.2.3", body));

        assertThatThrownBy(() -> action("bad").run(context()))
                .isInstanceOf(PluginException.class)
                .hasMessage("The plugin 'bad' 1.2.3 broke in StepAction.run: " + thrown)
                .satisfies(e -> assertThat(((PluginException) e).plugin()).isEqualTo("bad"));

        var usage = plugins.find("bad").orElseThrow().usage();
        assertThat(usage.calls()).isEqualTo(1);
        assertThat(usage.errors()).isEqualTo(1);
        assertThat(usage.time()).isPositive();
    }

    @Test
    void whatTheContractNamesComesThroughAsItIs() throws Exception {
        install(
                action(
                        "late",
                        "1.0.0",
                        "throw new ExecutionException(ExecutionException.Kind.LOST, \"gone\");"));

        assertThatThrownBy(() -> action("late").run(context()))
                .isInstanceOf(ExecutionException.class)
                .hasMessage("gone");
        assertThat(plugins.find("late").orElseThrow().usage().errors()).isZero();
    }

    @Test
    void whatWeThrowInACallBackIsNotThePluginsFault() throws Exception {
        install(action("calls", "1.0.0", "context.environment(); return 0;"));
        var context =
                new RecordingContext(java.util.Map.of()) {
                    @Override
                    public java.util.Map<String, String> environment() {
                        throw Refused.notFound("ours");
                    }
                };

        assertThatThrownBy(() -> action("calls").run(context))
                .isInstanceOf(Refused.class)
                .hasMessage("ours");
    }

    @Test
    void anExceptionThatCantEvenSpeakIsPutIntoWords() throws Exception {
        install(
                action(
                        "mute",
                        "1.0.0",
                        """
                        throw new RuntimeException() {
                            @Override public String getMessage() { throw new Error(); }
                            @Override public StackTraceElement[] getStackTrace() { throw new Error(); }
                            @Override public String toString() { throw new Error(); }
                        };
                        """));

        assertThatThrownBy(() -> action("mute").run(context()))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("(its message can't be had)");
    }

    @Test
    void nullIsNoAnswer() throws Exception {
        var store = store();

        assertThatThrownBy(() -> store.put(java.io.InputStream.nullInputStream()))
                .isInstanceOf(PluginException.class)
                .hasMessage(
                        "The plugin 'odd' 1.0.0 broke in ArtifactStore.put: NullPointerException: it"
                                + " returned null");
    }

    @Test
    void streamsOfAPluginAreGuardedToo() throws Exception {
        var store = store();

        assertThatThrownBy(() -> store.open("a", 1, 1))
                .isInstanceOf(java.io.FileNotFoundException.class)
                .hasMessage("no such blob");
        try (var in = store.open("a", 0, 1);
                var blobs = store.list()) {
            assertThat(in.read()).isEqualTo(3);
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(PluginException.class)
                    .hasMessageContaining("torn");
            assertThat(blobs).containsExactly(new ArtifactStore.Blob("a".repeat(64), 1));
        }
    }

    @Test
    void aPluginIsNeverCalledOnAPooledThread() throws Exception {
        var store = store();

        assertThat(Thread.currentThread().isVirtual()).isFalse();
        assertThat(store.exists("a")).isTrue();
    }

    @Test
    void aStreamThatIsOpenKeepsItsClassesAfterUninstalling() throws Exception {
        var store = store();
        var in = store.open("a", 0, 1);
        plugins.uninstall("odd");

        assertThat(in.read()).isEqualTo(3);
        assertThat(folders().work()).isNotEmptyDirectory();
        in.close();

        await().until(() -> folders().work().toFile().list().length == 0);
        assertThatThrownBy(() -> store.exists("a")).isInstanceOf(PluginException.class);
    }

    @Test
    void aCallUnderWayEndsWithTheOldClassesWhileTheNewOnesServe() throws Exception {
        install(
                action(
                                "slow",
                                "1.0.0",
                                """
                                context.log("waiting");
                                context.environment();
                                context.log(new Late().text());
                                return 0;
                                """)
                        .source(
                                "p.Late",
                                "package p; class Late { String text() { return \"old\"; } }"));
        var reached = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var context =
                new RecordingContext(java.util.Map.of()) {
                    @Override
                    public java.util.Map<String, String> environment() {
                        reached.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return java.util.Map.of();
                    }
                };
        var result = new AtomicReference<Object>();
        var job = Thread.ofVirtual().start(() -> result.set(outcome(context)));
        reached.await();

        install(action("slow", "1.1.0", "context.log(\"new\"); return 7;"));
        var exitCode = action("slow").run(context());
        goOn.countDown();
        job.join();

        assertThat(exitCode).isEqualTo(7);
        assertThat(result).hasValue(0);
        assertThat(context.lines()).containsExactly("waiting", "old");
    }

    private Object outcome(RecordingContext context) {
        try {
            return action("slow").run(context);
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void anInterruptReachesThePlugin() throws Exception {
        install(
                action(
                        "sleep",
                        "1.0.0",
                        "context.log(\"in\"); new java.util.concurrent.CountDownLatch(1).await(); return 0;"));
        var context = context();
        var result = new AtomicReference<Object>();
        var job =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                result.set(action("sleep").run(context));
                            } catch (Exception e) {
                                result.set(e);
                            }
                        });
        await().until(() -> !context.lines().isEmpty());

        job.interrupt();
        job.join(Duration.ofSeconds(10));

        assertThat(result.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void handlesOfOneExtensionAreEqual() throws Exception {
        var store = store();

        assertThat(store).isEqualTo(plugins.artifactStore("odd").orElseThrow());
        assertThat(store).hasToString("artifact store 'odd'");
        assertThat(store.type()).isEqualTo("odd");
        assertThat(plugins.names(ExtensionKind.ARTIFACT_STORE)).containsExactly("odd");
    }
}
