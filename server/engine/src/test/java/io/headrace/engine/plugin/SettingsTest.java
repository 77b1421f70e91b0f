package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest extends PluginsFixture {

    private static final String ID = "post/p.Action";

    private static TestPlugin post(String version, String settings) {
        return new TestPlugin("post", version)
                .source(
                        "p.Action",
                        actionSource(
                                "post",
                                """
                                context.log(values.find("url").orElse("-"));
                                context.log(values.find("token").orElse("-"));
                                return 0;
                                """,
                                """
                                private volatile Settings values = Settings.NONE;
                                @Override public SettingsSchema settings() { return SettingsSchema.of(%s); }
                                @Override public void configure(PluginContext context) {
                                    if (context.settings().find("url").orElse("").endsWith("/"))
                                        throw new IllegalArgumentException("leave out the slash");
                                    if (!java.nio.file.Files.isDirectory(context.dataDirectory()))
                                        throw new IllegalStateException("no data directory");
                                    values = context.settings();
                                }
                                """
                                        .formatted(settings)));
    }

    private static final String URL_AND_TOKEN =
            "Setting.text(\"url\", null, \"Where to.\").mandatory(), Setting.secret(\"token\","
                    + " \"A token.\")";

    private List<String> used() throws Exception {
        var context = context();
        action("post").run(context);
        return context.lines();
    }

    @Test
    void anExtensionIsNotCalledBeforeItsSettingsAreRight() throws Exception {
        var info = install(post("1.0.0", URL_AND_TOKEN));

        assertThat(info.extensions().getFirst().problem()).isEqualTo("'url' is missing: Where to.");
        assertThat(info.extensions().getFirst().configurable()).isTrue();
        assertThatThrownBy(this::used)
                .isInstanceOf(PluginException.class)
                .hasMessage(
                        "The step action 'post' can't be used before its settings are right: 'url'"
                                + " is missing: Where to.");

        plugins.setSettings(ID, Map.of("url", "https://x"));
        assertThat(used()).containsExactly("https://x", "-");
    }

    @Test
    void aSecretReachesThePluginAndNobodyElse() throws Exception {
        install(post("1.0.0", URL_AND_TOKEN));

        plugins.setSettings(ID, Map.of("url", "https://x", "token", "s3cret-canary"));

        assertThat(used()).containsExactly("https://x", "s3cret-canary");
        var seen = plugins.settings(ID);
        assertThat(seen.values()).containsExactly(Map.entry("url", "https://x"));
        assertThat(seen.secretsSet()).containsExactly("token");
        assertThat(records.settings(ID).toString()).doesNotContain("s3cret-canary");
        assertThat(seen.toString()).doesNotContain("s3cret-canary");
    }

    @Test
    void aSecretThatIsNotGivenStaysAndAnEmptyOneIsRemoved() throws Exception {
        install(post("1.0.0", URL_AND_TOKEN));
        plugins.setSettings(ID, Map.of("url", "https://x", "token", "t"));

        plugins.setSettings(ID, Map.of("url", "https://y"));
        restart(LIMITS);
        assertThat(used()).containsExactly("https://y", "t");

        plugins.setSettings(ID, Map.of("url", "https://y", "token", ""));
        assertThat(used()).containsExactly("https://y", "-");
    }

    @Test
    void wrongValuesChangeNothing() throws Exception {
        install(post("1.0.0", URL_AND_TOKEN));
        plugins.setSettings(ID, Map.of("url", "https://x"));

        assertThatThrownBy(() -> plugins.setSettings(ID, Map.of("url", "https://x/")))
                .isInstanceOf(Refused.class)
                .hasMessage("leave out the slash");
        assertThatThrownBy(() -> plugins.setSettings(ID, Map.of("url", "https://x", "ulr", "y")))
                .isInstanceOf(Refused.class)
                .hasMessage("No settings are called [ulr]; known are [url, token]");
        assertThatThrownBy(() -> plugins.setSettings(ID, Map.of()))
                .isInstanceOf(Refused.class)
                .hasMessage("'url' is missing: Where to.");

        assertThat(used()).containsExactly("https://x", "-");
        assertThat(plugins.settings(ID).values()).containsEntry("url", "https://x");
    }

    @Test
    void valuesOutliveUninstallingAndVersionsThatDoNotKnowThem() throws Exception {
        install(post("1.0.0", URL_AND_TOKEN));
        plugins.setSettings(ID, Map.of("url", "https://x", "token", "t"));

        install(post("1.1.0", "Setting.text(\"url\", null, \"Where to.\")"));
        plugins.setSettings(ID, Map.of("url", "https://y"));
        plugins.uninstall("post");
        install(post("1.0.0", URL_AND_TOKEN));

        assertThat(used()).containsExactly("https://y", "t");
    }

    @Test
    void aLostKeyIsToldNotGuessed() throws Exception {
        install(post("1.0.0", URL_AND_TOKEN));
        plugins.setSettings(ID, Map.of("url", "https://x", "token", "t"));
        Files.delete(home.resolve("secrets/settings.key"));

        restart(LIMITS);

        assertThatThrownBy(this::used)
                .hasMessageEndingWith(
                        "The secret can't be decrypted with settings.key; restore that file, or"
                                + " enter the secret again");
    }

    @Test
    void whoIsNotThereHasNoSettings() {
        assertThatThrownBy(() -> plugins.settings("post/p.Action"))
                .isInstanceOf(Refused.class)
                .hasMessage("No plugin that runs has an extension 'post/p.Action'.");
    }
}
