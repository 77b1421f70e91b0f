package io.headrace.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.plugin.AesSettingsCipher;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    private static final String VALUE = "correct horse";
    private static final Project SHOP = project(7);
    private static final Project BANK = project(8);

    private @TempDir Path directory;
    private final MemorySecrets store = new MemorySecrets();
    private Secrets secrets;

    @BeforeEach
    void open() throws IOException {
        secrets = reopened("settings.key");
    }

    private Secrets reopened(String key) throws IOException {
        return new Secrets(store, AesSettingsCipher.at(directory.resolve(key)), Clock.systemUTC());
    }

    private static Project project(long id) {
        var source = new Project.Source("git", "https://example.org/x.git", null);
        return new Project(
                new ProjectId(id), "p" + id, source, "x", Instant.EPOCH, Instant.EPOCH, 1);
    }

    @Test
    void whatWasPutIsGivenToAttemptsAfterARestartToo() throws IOException {
        secrets.put(SHOP, "TOKEN", VALUE, "ada");
        secrets.put(SHOP, "CERT", "two\nlines\n", "ada");

        var values =
                reopened("settings.key")
                        .values(SHOP.id(), "shop", Map.of("CERT", "CERT", "TOKEN", "KEY"));

        assertThat(values).isEqualTo(Map.of("TOKEN", VALUE, "CERT", "two\nlines\n"));
        assertThat(store.sealed.toString()).doesNotContain(VALUE);
    }

    @Test
    void whatIsMissingIsNamedAllAtOnce() {
        secrets.put(SHOP, "TOKEN", VALUE, "ada");

        var users = new LinkedHashMap<String, String>();
        users.put("A", "A");
        users.put("TOKEN", "TOKEN");
        users.put("B", "LOGIN");
        assertThatThrownBy(() -> secrets.values(SHOP.id(), "shop", users))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "project 'shop' has no secret 'A'; add it on the project's page, or by"
                                + " 'headrace secret set shop A'; project 'shop' has no secret 'B'"
                                + " for 'LOGIN'; add it on the project's page, or by 'headrace"
                                + " secret set shop B'");
        assertThatThrownBy(() -> secrets.values(BANK.id(), "bank", Map.of("TOKEN", "TOKEN")))
                .hasMessageStartingWith("project 'bank' has no secret 'TOKEN'; add it");
    }

    @Test
    void aValueThatWasCopiedToAnotherProjectOrNameIsOfNoUse() {
        secrets.put(SHOP, "TOKEN", VALUE, "ada");
        var sealed = store.sealed(SHOP.id()).get("TOKEN");
        store.put(BANK.id(), new Secret("TOKEN", Instant.EPOCH, "eve"), String.valueOf(sealed));
        store.put(SHOP.id(), new Secret("OTHER", Instant.EPOCH, "eve"), String.valueOf(sealed));

        for (var theft : List.of(Map.entry(BANK, "TOKEN"), Map.entry(SHOP, "OTHER"))) {
            var name = theft.getValue();
            assertThatThrownBy(() -> secrets.values(theft.getKey().id(), "x", Map.of(name, name)))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("can't be read");
        }
    }

    @Test
    void aLostKeyIsSaidSo() throws IOException {
        secrets.put(SHOP, "TOKEN", VALUE, "ada");

        var strange = reopened("other.key");

        assertThatThrownBy(() -> strange.values(SHOP.id(), "shop", Map.of("TOKEN", "TOKEN")))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "the secret 'TOKEN' can't be read: The secret can't be decrypted with"
                                + " other.key; restore that file, or enter the secret again");
    }

    @Test
    void aProjectHasAHundredAndMayReplaceThem() {
        for (var i = 0; i < Secrets.MAX_COUNT; i++) {
            secrets.put(SHOP, "S" + i, VALUE, "ada");
        }

        secrets.put(SHOP, "S7", "another value", "ada");

        assertThatThrownBy(() -> secrets.put(SHOP, "ONE_MORE", VALUE, "ada"))
                .hasMessage(
                        "Project 'p7' has 100 secrets, and no more are allowed; remove one first");
    }
}
