package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.secret.Secret;
import io.headrace.engine.secret.SecretStore;
import io.headrace.engine.secret.SecretStore.SealedLogin;
import io.headrace.engine.secret.SourceLogin;
import io.headrace.engine.secret.SourceLogin.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecretStoreTest extends StoresTest {

    private SecretStore secrets() {
        return stores.secrets();
    }

    private static Secret secret(String name, String by) {
        return new Secret(name, TestDatabase.START, by);
    }

    @Test
    void secretsAreKeptByProjectAndName() {
        var shop = site.project("shop");
        var bank = site.project("bank");
        var large = "v1:" + "x".repeat(100_000);

        assertThat(secrets().put(shop, secret("TOKEN", "ada"), "old")).isTrue();
        assertThat(secrets().put(shop, secret("TOKEN", "bob"), large)).isTrue();
        assertThat(secrets().put(shop, secret("token", "ada"), "small")).isTrue();
        assertThat(secrets().put(bank, secret("TOKEN", "cy"), "other")).isTrue();
        stores.close();
        reopen();

        assertThat(secrets().list(shop))
                .containsExactlyInAnyOrder(secret("TOKEN", "bob"), secret("token", "ada"));
        assertThat(secrets().sealed(shop)).isEqualTo(Map.of("TOKEN", large, "token", "small"));
        assertThat(secrets().delete(shop, "TOKEN")).isTrue();
        assertThat(secrets().delete(shop, "TOKEN")).isFalse();
        assertThat(secrets().sealed(shop)).containsOnlyKeys("token");
        assertThat(secrets().sealed(bank)).isEqualTo(Map.of("TOKEN", "other"));
    }

    @Test
    void aProjectHasOneLogin() {
        var shop = site.project("shop");
        var password = login(Kind.PASSWORD, "ada", null);
        var key = login(Kind.SSH_KEY, null, "example.org ssh-ed25519 AAAA\n");

        assertThat(secrets().login(shop)).isEmpty();
        assertThat(secrets().putLogin(shop, password)).isTrue();
        assertThat(secrets().login(shop)).contains(password);
        assertThat(secrets().putLogin(shop, key)).isTrue();

        assertThat(secrets().login(shop)).contains(key);
        assertThat(secrets().deleteLogin(shop)).isTrue();
        assertThat(secrets().deleteLogin(shop)).isFalse();
        assertThat(secrets().login(shop)).isEmpty();
    }

    private static SealedLogin login(
            Kind kind, @Nullable String user, @Nullable String knownHosts) {
        return new SealedLogin(
                new SourceLogin(
                        kind,
                        user,
                        knownHosts,
                        "https://example.org/shop.git",
                        TestDatabase.START,
                        "ada"),
                "v1:sealed");
    }

    @Test
    void secretsGoWithTheirProject() {
        var shop = site.project("shop");
        secrets().put(shop, secret("TOKEN", "ada"), "sealed");
        secrets().putLogin(shop, login(Kind.PASSWORD, "ada", null));

        assertThat(stores.projects().delete(shop, _ -> {})).isTrue();

        assertThat(secrets().sealed(shop)).isEmpty();
        assertThat(secrets().login(shop)).isEmpty();
        assertThat(secrets().put(shop, secret("TOKEN", "ada"), "sealed")).isFalse();
        assertThat(secrets().putLogin(shop, login(Kind.PASSWORD, "ada", null))).isFalse();
        assertThat(secrets().put(new ProjectId(1), secret("TOKEN", "ada"), "sealed")).isFalse();
    }
}
