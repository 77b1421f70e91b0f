package io.headrace.engine.access;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who proved who they are, for the length of one request.
 *
 * @param account as it is in the store just now
 * @param role what they may do here: the account's role, or less if a token says so
 * @param token that they came with; null if they came with a session
 */
public record Principal(Account account, Role role, @Nullable TokenId token) {

    /** How somebody proved who they are. */
    public enum Kind {
        SESSION,
        TOKEN
    }

    static Principal ofSession(Account account) {
        return new Principal(account, account.role(), null);
    }

    static Principal ofToken(Account account, Token token) {
        var role = token.role();
        var least = role == null || account.role().compareTo(role) < 0 ? account.role() : role;
        return new Principal(account, least, token.id());
    }

    public boolean may(Permission permission) {
        return role.may(permission);
    }

    public Kind kind() {
        return token == null ? Kind.SESSION : Kind.TOKEN;
    }

    /** Returns the account's name. */
    public String name() {
        return account.name();
    }
}
