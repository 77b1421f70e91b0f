package io.headrace.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.TimeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokensTest {

    private final TestClock clock = new TestClock();
    private final AccessStore store = new InMemoryAccessStore();
    private final TimeId ids = new TimeId(clock, 0);
    private final Accounts accounts = new Accounts(store, new LoginThrottle(clock), ids, clock);
    private final Tokens tokens = new Tokens(store, ids, clock);
    private final Account ada = accounts.create("ada", null, Role.MAINTAINER);

    @Test
    void aTokenStandsForItsAccount() {
        var created = tokens.create(ada, "laptop", null, null);

        var principal = tokens.authenticate(created.secret()).orElseThrow();

        assertThat(created.secret()).matches("hrt_[0-9A-Za-z]{46}");
        assertThat(principal.name()).isEqualTo("ada");
        assertThat(principal.kind()).isEqualTo(Principal.Kind.TOKEN);
        assertThat(principal.role()).isEqualTo(Role.MAINTAINER);
    }

    @Test
    void theTokenItselfIsNotKept() {
        var created = tokens.create(ada, "laptop", null, null);

        assertThat(created.token().hash()).hasSize(64).isNotEqualTo(created.secret());
        assertThat(created.toString()).doesNotContain(created.secret());
    }

    @Test
    void aTokenMayDoLessThanItsAccount() {
        var created = tokens.create(ada, "badge", Role.VIEWER, null);

        var principal = tokens.authenticate(created.secret()).orElseThrow();

        assertThat(principal.may(Permission.VIEW)).isTrue();
        assertThat(principal.may(Permission.RUN)).isFalse();
    }

    @Test
    void aTokenNeverMayDoMoreThanItsAccount() {
        var created = tokens.create(ada, "deploy", Role.MAINTAINER, null);
        accounts.changeRole("ada", Role.VIEWER);

        assertThat(tokens.authenticate(created.secret()).orElseThrow().role())
                .isEqualTo(Role.VIEWER);
        assertThatThrownBy(() -> tokens.create(ada, "x", Role.ADMINISTRATOR, null))
                .hasMessage(
                        "'ada' is MAINTAINER, so a token can't be ADMINISTRATOR; take that role or a smaller one");
    }

    @Test
    void whatExpiredOrWasRevokedOrLockedLetsNobodyIn() {
        accounts.create("root", null, Role.ADMINISTRATOR);
        var expiring = tokens.create(ada, "a day", null, clock.instant().plus(Duration.ofDays(1)));
        var revoked = tokens.create(ada, "revoked", null, null);
        var other = tokens.create(ada, "other", null, null);
        assertThat(tokens.authenticate(expiring.secret())).isPresent();

        clock.pass(Duration.ofDays(1));
        tokens.revoke(ada, revoked.token().id());

        assertThat(tokens.authenticate(expiring.secret())).isEmpty();
        assertThat(tokens.authenticate(revoked.secret())).isEmpty();
        assertThat(tokens.authenticate(other.secret())).isPresent();
        accounts.setEnabled("ada", false);
        assertThat(tokens.authenticate(other.secret())).isEmpty();
    }

    @Test
    void nobodyRevokesTheTokensOfOthers() {
        var bob = accounts.create("bob", null, Role.VIEWER);
        var created = tokens.create(ada, "laptop", null, null);

        assertThatThrownBy(() -> tokens.revoke(bob, created.token().id()))
                .hasMessage("'bob' has no token " + created.token().id());
        assertThat(tokens.authenticate(created.secret())).isPresent();
    }

    @Test
    void aMistypedTokenIsNone() {
        var secret = tokens.create(ada, "laptop", null, null).secret();
        var last = secret.charAt(20) == 'a' ? 'b' : 'a';

        assertThat(tokens.authenticate(secret.substring(0, 20) + last + secret.substring(21)))
                .isEmpty();
        assertThat(tokens.authenticate("")).isEmpty();
        assertThat(tokens.authenticate("hrt_")).isEmpty();
    }

    @Test
    void useIsNotedToTheMinute() {
        var created = tokens.create(ada, "laptop", null, null);
        var first = clock.instant();
        tokens.authenticate(created.secret());
        clock.pass(Duration.ofSeconds(59));
        tokens.authenticate(created.secret());
        assertThat(tokens.list(ada).getFirst().lastUsedAt()).isEqualTo(first);

        clock.pass(Duration.ofSeconds(1));
        tokens.authenticate(created.secret());
        assertThat(tokens.list(ada).getFirst().lastUsedAt()).isEqualTo(clock.instant());
    }
}
