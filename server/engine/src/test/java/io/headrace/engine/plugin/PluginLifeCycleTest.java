package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.plugin.PluginInfo.Origin;
import io.headrace.engine.plugin.PluginInfo.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PluginLifeCycleTest extends PluginsFixture {

    private static TestPlugin says(String id, String version, String line) {
        return action(id, version, "context.log(\"" + line + "\"); return 0;");
    }

    private String said(String action) throws Exception {
        var context = context();
        action(action).run(context);
        return context.lines().getFirst();
    }

    private PluginInfo info(String id) {
        return plugins.find(id).orElseThrow();
    }

    @Test
    void anInstalledPluginOutlivesTheServer() throws Exception {
        install(says("greet", "1.0.0", "one"));

        restart(LIMITS);

        assertThat(said("greet")).isEqualTo("one");
        assertThat(info("greet").origin()).isEqualTo(Origin.INSTALLED);
        assertThat(info("greet").sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void anUpgradeTakesOverFromHandlesOnward() throws Exception {
        install(says("greet", "1.0.0", "one"));
        var handle = action("greet");
        install(says("greet", "1.1.0", "two"));
        var context = context();

        handle.run(context);

        assertThat(context.lines()).containsExactly("two");
        assertThat(info("greet").version()).isEqualTo("1.1.0");
        assertThat(folders().installed()).isDirectoryContaining("glob:**greet.zip");
    }

    @Test
    void anUpgradeThatDoesNotStartLeavesTheOldOneRunning() throws Exception {
        install(says("greet", "1.0.0", "one"));
        var broken =
                says("greet", "2.0.0", "two")
                        .property("plugin.class", "p.Main")
                        .source(
                                "p.Main",
                                """
                                package p;
                                public class Main extends org.pf4j.Plugin {
                                    @Override public void start() { throw new IllegalStateException("no port"); }
                                }
                                """);

        assertThatThrownBy(() -> install(broken))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "The plugin 'greet' 2.0.0 does not start: IllegalStateException: no port."
                                + " Version 1.0.0 goes on.");

        assertThat(said("greet")).isEqualTo("one");
        restart(LIMITS);
        assertThat(said("greet")).isEqualTo("one");
    }

    @Test
    void aDowngradeMustBeMeant() throws Exception {
        install(says("greet", "1.1.0", "two"));
        var older = says("greet", "1.0.0", "one");

        assertThatThrownBy(() -> install(older))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "The plugin 'greet' is there in version 1.1.0, which is newer than 1.0.0;"
                                + " ask for a downgrade if you mean it.");

        plugins.install(older.open(), true);
        assertThat(said("greet")).isEqualTo("one");
    }

    @Test
    void aCorruptUploadChangesNothing() throws Exception {
        install(says("greet", "1.0.0", "one"));
        var bytes = says("greet", "1.1.0", "two").open().readAllBytes();
        var half = java.util.Arrays.copyOf(bytes, bytes.length / 2);

        assertThatThrownBy(() -> plugins.install(new ByteArrayInputStream(half)))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "The file is no zip, or it is damaged (zip END header not found); build or"
                                + " download it again.");

        assertThat(said("greet")).isEqualTo("one");
        try (var files = Files.list(folders().installed())) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("greet.zip");
        }
    }

    @Test
    void aZipThatWouldLeaveItsFolderWritesNothing() throws IOException {
        var evil = says("evil", "1.0.0", "x").file("../../evil.txt", "x");

        assertThatThrownBy(() -> install(evil))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "The zip's entry '../../evil.txt' would lie outside of the plugin; zip it"
                                + " with names below its root.");

        try (var tree = Files.walk(home)) {
            assertThat(tree).noneMatch(file -> file.toString().contains("evil"));
        }
    }

    @Test
    void aDisabledPluginStaysSoAfterARestart() throws Exception {
        install(says("greet", "1.0.0", "one"));

        assertThat(plugins.disable("greet").state()).isEqualTo(State.DISABLED);

        assertThat(plugins.action("greet")).isEmpty();
        restart(LIMITS);
        assertThat(info("greet").state()).isEqualTo(State.DISABLED);
        assertThat(plugins.enable("greet").state()).isEqualTo(State.STARTED);
        assertThat(said("greet")).isEqualTo("one");
    }

    @Test
    void aHandleOfAPluginThatIsGoneSaysSo() throws Exception {
        install(says("greet", "1.0.0", "one"));
        var handle = action("greet");
        plugins.uninstall("greet");

        assertThatThrownBy(() -> handle.run(context()))
                .isInstanceOf(PluginException.class)
                .hasMessage(
                        "The step action 'greet' is not there any more: the plugin 'greet' was"
                                + " stopped. Enable it, or install one that has it");
    }

    @Test
    void anInstalledPluginReplacesTheBundledOneUntilItIsUninstalled() throws Exception {
        says("greet", "1.0.0", "bundled").build(bundled().resolve("greet.zip"));
        restart(LIMITS);
        assertThat(said("greet")).isEqualTo("bundled");

        install(says("greet", "1.1.0", "installed"));
        assertThat(said("greet")).isEqualTo("installed");
        restart(LIMITS);
        assertThat(said("greet")).isEqualTo("installed");

        plugins.uninstall("greet");
        assertThat(said("greet")).isEqualTo("bundled");
        assertThatThrownBy(() -> plugins.uninstall("greet"))
                .isInstanceOf(Refused.class)
                .hasMessage("The plugin 'greet' comes with the server; disable it instead.");
    }

    @Test
    void whoNeedsAPluginIsNamedBeforeItGoes() throws Exception {
        install(says("base", "1.0.0", "base"));
        install(says("upper", "1.0.0", "upper").property("plugin.dependencies", "base@>=1.0.0"));

        assertThatThrownBy(() -> plugins.uninstall("base"))
                .hasMessage(
                        "The plugin 'base' can't be uninstalled while others need it; disable"
                                + " these first: upper.");
        assertThatThrownBy(() -> plugins.disable("base"))
                .hasMessage(
                        "The plugin 'base' can't be disabled while others need it; disable these"
                                + " first: upper.");
        assertThatThrownBy(() -> install(says("base", "1.1.0", "base")))
                .hasMessage(
                        "The plugin 'base' can't be upgraded while others need it; disable these"
                                + " first: upper.");
        assertThat(said("upper")).isEqualTo("upper");
        restart(LIMITS);
        assertThat(said("upper")).isEqualTo("upper");
    }

    @Test
    void aPluginWhoseNeedsAreNotMetLeavesNothingBehind() throws Exception {
        assertThatThrownBy(() ->
                        install(
                                says("upper", "1.0.0", "upper")
                                        .property("plugin.dependencies", "base@>=2.0.0")))
                .hasMessage(
                        "The plugin 'upper' needs the plugin 'base' (>=2.0.0), which is not"
                                + " installed; install it first. Nothing was installed.");
        install(says("base", "1.0.0", "base"));
        assertThatThrownBy(() ->
                        install(
                                says("upper", "1.0.0", "upper")
                                        .property("plugin.dependencies", "base@>=2.0.0")))
                .hasMessage(
                        "The plugin 'upper' needs the plugin 'base' (>=2.0.0), but version 1.0.0 is"
                                + " there; install >=2.0.0. Nothing was installed.");

        assertThat(plugins.list()).extracting(PluginInfo::id).containsExactly("base");
    }

    @Test
    void pluginsThatNeedEachOtherAreReported() throws Exception {
        says("one", "1.0.0", "x")
                .property("plugin.dependencies", "two")
                .build(bundled().resolve("one.zip"));
        says("two", "1.0.0", "x")
                .property("plugin.dependencies", "one")
                .build(bundled().resolve("two.zip"));

        restart(LIMITS);

        assertThat(info("one").reason())
                .isEqualTo(
                        "It is one of a circle of plugins that need each other, or needs one of"
                                + " them: one, two. Uninstall one");
    }

    @Test
    void aFileThatIsNoPluginIsReportedAndStopsNothing() throws Exception {
        install(says("greet", "1.0.0", "one"));
        Files.writeString(folders().installed().resolve("broken.zip"), "oops");

        restart(LIMITS);

        assertThat(said("greet")).isEqualTo("one");
        assertThat(info("broken.zip").state()).isEqualTo(State.FAILED);
        assertThat(info("broken.zip").reason()).startsWith("The file is no zip, or it is damaged");
        plugins.uninstall("broken.zip");
        assertThat(folders().installed().resolve("broken.zip")).doesNotExist();
    }

    @Test
    void whatACrashLeftBehindIsRemovedAtStart() throws Exception {
        install(says("greet", "1.0.0", "one"));
        Files.writeString(folders().installed().resolve(".upload-1.tmp"), "half");
        Files.createDirectories(folders().work().resolve("old/lib"));

        restart(LIMITS);

        assertThat(said("greet")).isEqualTo("one");
        assertThat(folders().installed().resolve(".upload-1.tmp")).doesNotExist();
        assertThat(folders().work().resolve("old")).doesNotExist();
    }

    @Test
    void theNewestOfTwoFilesIsUsedAndTheOtherReported() throws Exception {
        says("greet", "1.0.0", "one").build(folders().installed().resolve("greet.zip"));
        says("greet", "1.10.0", "ten").build(folders().installed().resolve("greet-1.10.0.zip"));

        restart(LIMITS);

        assertThat(said("greet")).isEqualTo("ten");
        assertThat(info("greet").warnings())
                .containsExactly(
                        "greet.zip has version 1.0.0 of it too, which is not used; delete that"
                                + " file");
        plugins.uninstall("greet");
        assertThat(folders().installed()).isEmptyDirectory();
    }

    @Test
    void aNameThatTwoPluginsWantGoesToTheInstalledOneAndIsReported() throws Exception {
        new TestPlugin("a-bundled", "1.0.0")
                .source(
                        "p.Action",
                        actionSource("greet", "context.log(\"bundled\"); return 0;", ""))
                .build(bundled().resolve("a-bundled.zip"));
        restart(LIMITS);

        install(says("greet", "1.0.0", "installed"));

        assertThat(said("greet")).isEqualTo("installed");
        assertThat(info("a-bundled").warnings())
                .containsExactly(
                        "The step action 'greet': the plugin 'greet' has one of this name too, and"
                                + " takes precedence; disable one of them");
        plugins.disable("greet");
        assertThat(said("greet")).isEqualTo("bundled");
    }

    @Test
    void everyChangeIsTold() throws Exception {
        var changes = new AtomicInteger();
        plugins.onChange(() -> {
            throw new IllegalStateException("a listener's own problem");
        });
        plugins.onChange(changes::incrementAndGet);

        install(says("greet", "1.0.0", "one"));
        plugins.disable("greet");
        plugins.enable("greet");
        plugins.uninstall("greet");

        assertThat(changes).hasValue(4);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> plugins.disable("no<b>such"))
                .isInstanceOf(Refused.class)
                .hasMessage("There is no plugin 'no<b>such'.");
    }
}
