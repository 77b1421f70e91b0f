package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.engine.plugin.PluginInfo.State;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plugin that loops keeps a core busy, but nobody waiting. */
class BoundsTest extends PluginsFixture {

    private static final String STOP = "headrace.test.stop-looping";
    private static final String LOOP =
            "while (!Boolean.getBoolean(\"" + STOP + "\")) Thread.onSpinWait();";

    @AfterEach
    void endLoops() {
        System.setProperty(STOP, "true");
        await().until(() ->
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(one -> one.getName().startsWith("plugin-loop")));
        System.clearProperty(STOP);
    }

    private void impatient() throws IOException {
        restart(
                new Limits(
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2)));
    }

    private static TestPlugin withMain(String version, String method) {
        return action("loop", version, "return 0;")
                .property("plugin.class", "p.Main")
                .source(
                        "p.Main",
                        "package p; public class Main extends org.pf4j.Plugin { public void "
                                + method
                                + "() { "
                                + LOOP
                                + " } }");
    }

    @Test
    void aStartThatNeverEndsIsGivenUp() throws Exception {
        withMain("1.0.0", "start").build(bundled().resolve("loop.zip"));
        action("good", "1.0.0", "return 3;").build(bundled().resolve("good.zip"));

        impatient();

        assertThat(action("good").run(context())).isEqualTo(3);
        var loop = plugins.find("loop").orElseThrow();
        assertThat(loop.state()).isEqualTo(State.FAILED);
        assertThat(loop.reason())
                .isEqualTo(
                        "The plugin 'loop' did not start within 4 s. What it was doing may go on"
                                + " until the server is restarted; tell its provider");
    }

    @Test
    void aStopThatNeverEndsIsGivenUp() throws Exception {
        impatient();
        install(withMain("1.0.0", "stop"));

        assertThat(plugins.disable("loop").state()).isEqualTo(State.DISABLED);

        await().untilAsserted(() ->
                assertThat(plugins.find("loop").orElseThrow().reason())
                        .isEqualTo(
                                "The plugin 'loop' did not stop within 1 s. What it"
                                        + " was doing may go on until the server is"
                                        + " restarted; tell its provider"));
        assertThat(plugins.find("loop").orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void anInstallationThatLoopsLeavesTheOldVersion() throws Exception {
        impatient();
        install(action("loop", "1.0.0", "return 5;"));

        assertThatThrownBy(() -> install(withMain("2.0.0", "start")))
                .hasMessageContaining("did not start within 4 s")
                .hasMessageEndingWith("Version 1.0.0 goes on.");

        assertThat(action("loop").run(context())).isEqualTo(5);
    }

    @Test
    void aProviderThatPondersAUrlIsPassedOver() throws Exception {
        impatient();
        install(scm("loop", LOOP + " return true;"));
        install(scm("throws", "throw new IllegalStateException();"));
        install(scm("works", "return url.startsWith(\"works:\");"));

        assertThat(plugins.scmFor("works:x").orElseThrow().type()).isEqualTo("works");
        assertThat(plugins.scmFor("other:x")).isEmpty();
        assertThat(plugins.find("loop").orElseThrow().usage().errors()).isEqualTo(2);
    }

    @Test
    void actionsThatLoopOnEveryCoreDoNotStopTheServer() throws Exception {
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        var carriers = scheduler.getParallelism();
        install(action("loop", "1.0.0", "context.log(\"in\"); " + LOOP + " return 0;"));
        install(action("good", "1.0.0", "return 3;"));
        var loops = new ArrayList<Thread>();
        try {
            for (var core = 0; core < carriers; core++) {
                var context = context();
                loops.add(Thread.ofVirtual().start(() -> runLoop(context)));
                await().until(() -> !context.lines().isEmpty());
            }

            assertThat(action("good").run(context())).isEqualTo(3);
        } finally {
            System.setProperty(STOP, "true");
            for (var loop : loops) {
                loop.join();
            }
            scheduler.setParallelism(carriers);
        }
    }

    private void runLoop(RecordingContext context) {
        try {
            action("loop").run(context);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestPlugin scm(String id, String recognises) {
        return new TestPlugin(id, "1.0.0")
                .source(
                        "p.Scm",
                        """
                        package p;
                        import io.headrace.api.*;
                        @org.pf4j.Extension
                        public class Scm implements ScmProvider {
                            public String type() { return "%s"; }
                            public boolean recognises(String url) { %s }
                            public Revision resolve(Source source, String ref) { throw new IllegalStateException(); }
                            public byte[] read(Source source, String commit, String path, int max) { return new byte[0]; }
                            public void checkout(Source source, String commit, java.nio.file.Path directory) {}
                        }
                        """
                                .formatted(id, recognises));
    }
}
