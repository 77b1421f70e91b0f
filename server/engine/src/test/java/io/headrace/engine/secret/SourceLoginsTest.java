package io.headrace.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ScmException;
import io.headrace.engine.Refused;
import io.headrace.engine.plugin.AesSettingsCipher;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.secret.SourceLogin.Kind;
import io.headrace.engine.secret.SourceLogins.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLoginsTest {

    private static final String PASSWORD = "pass word";
    private static final Project SHOP = project("https://example.org/shop.git");

    private @TempDir Path directory;
    private final MemorySecrets store = new MemorySecrets();
    private SourceLogins logins;

    @BeforeEach
    void open() throws IOException {
        logins =
                new SourceLogins(
                        store,
                        AesSettingsCipher.at(directory.resolve("settings.key")),
                        Clock.systemUTC());
    }

    private static Project project(String url) {
        return new Project(
                new ProjectId(7),
                "shop",
                new Project.Source("git", url, null),
                "x",
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }

    @Test
    void aProjectWithoutALoginHasNone() throws ScmException {
        assertThat(logins.credential(SHOP)).isNull();
        assertThat(logins.secret(SHOP.id())).isEmpty();
    }

    @Test
    void aLoginIsGivenToTheProviderAndHiddenFromText() throws ScmException {
        var given = new Given(Kind.PASSWORD, " ada ", PASSWORD, null);
        logins.set(SHOP, given, "bob");

        var credential = logins.credential(SHOP);

        assertThat(credential).isNotNull();
        assertThat(credential.user()).isEqualTo("ada");
        assertThat(credential.secret()).isEqualTo(PASSWORD);
        assertThat(given + " " + credential + " " + store.logins).doesNotContain(PASSWORD);
        assertThat(logins.secret(SHOP.id())).contains(PASSWORD);
    }

    @Test
    void aLoginIsNotSentToAnotherAddress() {
        logins.set(SHOP, new Given(Kind.PASSWORD, "ada", PASSWORD, null), "bob");

        assertThatThrownBy(() -> logins.credential(project("https://evil.example/shop.git")))
                .isInstanceOf(ScmException.class)
                .hasMessage(
                        "The address of project 'shop' was changed after its credential was given, so it is not sent there; enter the credential again, or remove it");
    }

    @Test
    void aRowThatWasChangedToAnotherAddressIsOfNoUse() {
        var login = logins.set(SHOP, new Given(Kind.PASSWORD, "ada", PASSWORD, null), "bob");
        var sealed = store.login(SHOP.id()).orElseThrow().sealed();
        var evil = project("https://evil.example/shop.git");
        store.putLogin(
                SHOP.id(),
                new SecretStore.SealedLogin(
                        new SourceLogin(
                                login.kind(),
                                login.user(),
                                null,
                                evil.source().url(),
                                login.updatedAt(),
                                "eve"),
                        sealed));

        assertThatThrownBy(() -> logins.credential(evil))
                .isInstanceOf(ScmException.class)
                .hasMessageStartingWith("The credential of project 'shop' can't be read");
    }

    @Test
    void onlyPrivateKeysWithoutAPassphraseAreTaken() throws Exception {
        var good = key("good", "");
        var locked = key("locked", "a passphrase");

        logins.set(SHOP, new Given(Kind.SSH_KEY, null, good, "example.org ssh-ed25519 AAAA"), "x");

        assertThat(logins.secret(SHOP.id())).contains(good.strip());
        assertRefused(locked, null, "The private key has a passphrase, and nobody is there");
        assertRefused("ssh-ed25519 AAAA ada", null, "This is not a private key; give the whole");
        assertRefused(
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                null,
                "This is no private key but a public one");
        assertRefused(
                "-----BEGIN OPENSSH PRIVATE KEY-----\nA\n-----END OPENSSH PRIVATE KEY-----",
                null,
                "The private key");
        for (var part :
                List.of(
                        "-----BEGIN OPENSSH PRIVATE KEY-----",
                        "-----BEGIN OPENSSH PRIVATE KEY-----END OPENSSH PRIVATE KEY-----",
                        "-----BEGIN RSA PRIVATE KEY-----")) {
            assertRefused(part, null, "This is not a private key; give the whole");
        }
        assertRefused(
                good, "example.org ssh-ed25519 AA\0AA", "The known hosts are not lines such as");
        assertRefused(good, "example.org", "The known hosts are not lines such as");
    }

    private void assertRefused(String key, @Nullable String hosts, String message) {
        assertThatThrownBy(() -> logins.set(SHOP, new Given(Kind.SSH_KEY, null, key, hosts), "x"))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(message);
    }

    private String key(String name, String passphrase) throws Exception {
        var file = directory.resolve(name);
        var process =
                new ProcessBuilder(
                                "ssh-keygen",
                                "-q",
                                "-t",
                                "ed25519",
                                "-N",
                                passphrase,
                                "-f",
                                file.toString())
                        .start();
        assertThat(process.waitFor()).isZero();
        return Files.readString(file);
    }
}
