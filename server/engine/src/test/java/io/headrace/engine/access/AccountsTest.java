package io.headrace.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final String PASSWORD = "four words make one";
    private static final String ADDRESS = "192.0.2.7";

    private final TestClock clock = new TestClock();
    private final AccessStore store = new InMemoryAccessStore();
    private final LoginThrottle throttle = new LoginThrottle(clock);
    private final Accounts accounts = new Accounts(store, throttle, new TimeId(clock, 0), clock);

    @Test
    void thePasswordLetsItsOwnerIn() {
        accounts.create("ada", PASSWORD, Role.DEVELOPER);

        var principal = accounts.login("Ada", PASSWORD, ADDRESS).orElseThrow();

        assertThat(principal.name()).isEqualTo("ada");
        assertThat(principal.kind()).isEqualTo(Principal.Kind.SESSION);
        assertThat(principal.may(Permission.RUN)).isTrue();
        assertThat(principal.may(Permission.CONFIGURE)).isFalse();
    }

    @Test
    void aPasswordIsKeptAsArgon2idOnly() {
        var account = accounts.create("ada", PASSWORD, Role.VIEWER);

        assertThat(account.passwordHash()).startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
        assertThat(account.toString()).doesNotContain("argon2");
    }

    @Test
    void twoAccountsWithOnePasswordHaveDifferentHashes() {
        var ada = accounts.create("ada", PASSWORD, Role.VIEWER);
        var bob = accounts.create("bob", PASSWORD, Role.VIEWER);

        assertThat(ada.passwordHash()).isNotEqualTo(bob.passwordHash());
    }

    @Test
    void wrongPasswordsUnknownNamesAndLockedAccountsLookTheSame() {
        accounts.create("root", PASSWORD, Role.ADMINISTRATOR);
        accounts.create("ada", PASSWORD, Role.VIEWER);
        accounts.create("robot", null, Role.VIEWER);
        accounts.setEnabled("ada", false);

        assertThat(accounts.login("root", "wrong password", ADDRESS)).isEmpty();
        assertThat(accounts.login("nobody", PASSWORD, ADDRESS)).isEmpty();
        assertThat(accounts.login("ada", PASSWORD, ADDRESS)).isEmpty();
        assertThat(accounts.login("robot", "", ADDRESS)).isEmpty();
        assertThat(accounts.login("<b>", PASSWORD, ADDRESS)).isEmpty();
    }

    @Test
    void guessingFromOneAddressBecomesSlow() {
        accounts.create("ada", PASSWORD, Role.VIEWER);
        for (var i = 0; i < 6; i++) {
            accounts.login("ada", "guess number " + i, ADDRESS);
            clock.pass(Duration.ofSeconds(1));
        }

        assertThatThrownBy(() -> accounts.login("ada", PASSWORD, ADDRESS))
                .isInstanceOf(LoginThrottle.Throttled.class)
                .hasMessage("Too many wrong tries; wait 1 seconds and try again");
        assertThat(accounts.login("ada", PASSWORD, "198.51.100.9")).isPresent();

        clock.pass(Duration.ofSeconds(2));
        assertThat(accounts.login("ada", PASSWORD, ADDRESS)).isPresent();
    }

    @Test
    void guessingManyNamesFromOneAddressBecomesSlow() {
        for (var i = 0; i < 20; i++) {
            accounts.login("name" + i, "guess", ADDRESS);
        }

        assertThatThrownBy(() -> accounts.login("another", "guess", ADDRESS))
                .isInstanceOf(LoginThrottle.Throttled.class);
    }

    @Test
    void aChangedPasswordRoleOrLockEndsSessions() {
        accounts.create("root", PASSWORD, Role.ADMINISTRATOR);
        var ada = accounts.create("ada", PASSWORD, Role.VIEWER);
        assertThat(accounts.session(ada.id(), ada.epoch())).isPresent();

        var promoted = accounts.changeRole("ada", Role.DEVELOPER);
        assertThat(accounts.session(ada.id(), ada.epoch())).isEmpty();
        assertThat(accounts.session(ada.id(), promoted.epoch())).isPresent();

        var renewed = accounts.changePassword("ada", "other words entirely");
        assertThat(accounts.session(ada.id(), promoted.epoch())).isEmpty();

        accounts.setEnabled("ada", false);
        assertThat(accounts.session(ada.id(), renewed.epoch())).isEmpty();
    }

    @Test
    void aChangeThatChangesNothingEndsNoSession() {
        var ada = accounts.create("ada", PASSWORD, Role.VIEWER);

        accounts.changeRole("ada", Role.VIEWER);

        assertThat(accounts.session(ada.id(), ada.epoch())).isPresent();
    }

    @Test
    void theOldPasswordIsAskedFor() {
        var ada = accounts.create("ada", PASSWORD, Role.VIEWER);

        assertThatThrownBy(() ->
                        accounts.changePassword(ada, "not it", "other words entirely", ADDRESS))
                .isInstanceOf(Refused.class)
                .hasMessage("The old password is wrong; nothing was changed");

        accounts.changePassword(ada, PASSWORD, "other words entirely", ADDRESS);
        assertThat(accounts.login("ada", "other words entirely", ADDRESS)).isPresent();
        assertThat(accounts.login("ada", PASSWORD, ADDRESS)).isEmpty();
    }

    @Test
    void theLastAdministratorStays() {
        accounts.create("root", PASSWORD, Role.ADMINISTRATOR);
        accounts.create("robot", null, Role.ADMINISTRATOR);

        var message = "'root' is the last administrator who can log in; make another one first";
        assertThatThrownBy(() -> accounts.delete("root")).hasMessage(message);
        assertThatThrownBy(() -> accounts.changeRole("root", Role.VIEWER)).hasMessage(message);
        assertThatThrownBy(() -> accounts.setEnabled("root", false)).hasMessage(message);

        accounts.create("ada", PASSWORD, Role.ADMINISTRATOR);
        accounts.delete("root");
        accounts.delete("robot");
        assertThat(accounts.list()).extracting(Account::name).containsExactly("ada");
    }

    @Test
    void namesAndPasswordsAreChecked() {
        assertThatThrownBy(() -> accounts.create("a b", PASSWORD, Role.VIEWER))
                .hasMessage(
                        "'a b' can't be an account's name; use up to 63 letters, digits, '.', '_', '-' and '@'");
        assertThatThrownBy(() -> accounts.create("ada", "short", Role.VIEWER))
                .hasMessage(
                        "A password has 10 to 256 characters; take a longer one, such as four words");
        assertThatThrownBy(() -> accounts.create("lovelace", "lovelace1815", Role.VIEWER))
                .hasMessage("A password can't contain the account's name; take another one");
        assertThatThrownBy(() -> accounts.create("ada", "aaaaaaaaaaaaaaa", Role.VIEWER))
                .hasMessage("A password has at least 5 different characters; take another one");

        accounts.create("ada", PASSWORD, Role.VIEWER);
        assertThatThrownBy(() -> accounts.create("ADA", PASSWORD, Role.VIEWER))
                .hasMessage("There is an account 'ADA' already; choose another name");
    }
}
