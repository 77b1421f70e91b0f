package io.headrace.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.TimeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstAdministratorTest {

    private static final String PASSWORD = "four words make one";
    private static final String ADDRESS = "127.0.0.1";

    private final TestClock clock = new TestClock();
    private final AccessStore store = new InMemoryAccessStore();
    private final LoginThrottle throttle = new LoginThrottle(clock);
    private final TimeId ids = new TimeId(clock, 0);
    private final Accounts accounts = new Accounts(store, throttle, ids, clock);
    private final Tokens tokens = new Tokens(store, ids, clock);
    private @TempDir Path home;
    private FirstAdministrator first;

    @BeforeEach
    void server() {
        first = new FirstAdministrator(store, accounts, tokens, throttle, home.resolve("secrets"));
    }

    @Test
    void theFirstStartLeavesATokenForScriptsThatOnlyTheOwnerCanRead() throws IOException {
        first.prepare();

        var file = home.resolve("secrets/initial-admin.token");
        var principal = tokens.authenticate(Files.readString(file).strip()).orElseThrow();
        assertThat(principal.may(Permission.ADMINISTER)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void theKeyStaysTheSameUntilItWasUsed() throws IOException {
        var key = first.prepare().orElseThrow();
        var token = Files.readString(first.tokenFile());

        assertThat(first.prepare()).contains(key);
        assertThat(Files.readString(first.tokenFile())).isEqualTo(token);
        assertThat(first.pending()).isTrue();

        first.complete(key, "ada", PASSWORD, ADDRESS);

        assertThat(first.pending()).isFalse();
        assertThat(first.prepare()).isEmpty();
        assertThat(home.resolve("secrets/setup.key")).doesNotExist();
        assertThatThrownBy(() -> first.complete(key, "eve", PASSWORD, ADDRESS))
                .hasMessage("Setup is over: there is an administrator; log in");
    }

    @Test
    void setupNamesTheFirstAccountAndKeepsItsToken() throws IOException {
        var key = first.prepare().orElseThrow();
        var token = Files.readString(first.tokenFile()).strip();

        first.complete(key, "ada", PASSWORD, ADDRESS);

        assertThat(accounts.list()).extracting(Account::name).containsExactly("ada");
        assertThat(accounts.login("ada", PASSWORD, ADDRESS)).isPresent();
        assertThat(tokens.authenticate(token).orElseThrow().name()).isEqualTo("ada");
    }

    @Test
    void aWrongKeyChangesNothing() throws IOException {
        first.prepare();

        assertThatThrownBy(() -> first.complete("0000", "eve", PASSWORD, ADDRESS))
                .hasMessage(
                        "This setup link is not valid; use the one that the server printed when it started");
        assertThat(first.pending()).isTrue();
    }

    @Test
    void wrongKeysBecomeSlow() throws IOException {
        first.prepare();
        for (var i = 0; i < 20; i++) {
            assertThatThrownBy(() -> first.complete("0000", "eve", PASSWORD, ADDRESS))
                    .hasMessageStartingWith("This setup link");
        }

        assertThatThrownBy(() -> first.complete("0000", "eve", PASSWORD, ADDRESS))
                .isInstanceOf(LoginThrottle.Throttled.class);
    }

    @Test
    void anUnfitPasswordLeavesTheKeyValid() throws IOException {
        var key = first.prepare().orElseThrow();

        assertThatThrownBy(() -> first.complete(key, "ada", "short", ADDRESS))
                .hasMessageStartingWith("A password has 10 to 256 characters");

        first.complete(key, "admin", PASSWORD, ADDRESS);
        assertThat(accounts.get("admin").role()).isEqualTo(Role.ADMINISTRATOR);
    }

    @Test
    void setupIsOverOnceAnAdministratorWasAddedWithTheToken() throws IOException {
        first.prepare();

        accounts.create("ada", PASSWORD, Role.ADMINISTRATOR);

        assertThat(first.pending()).isFalse();
        assertThat(first.prepare()).isEmpty();
    }

    @Test
    void aLostTokenFileIsReplacedWhileSetupIsPending() throws IOException {
        first.prepare();
        Files.delete(first.tokenFile());

        first.prepare();

        assertThat(tokens.authenticate(Files.readString(first.tokenFile()).strip())).isPresent();
    }
}
