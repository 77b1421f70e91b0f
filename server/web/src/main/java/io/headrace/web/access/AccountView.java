package io.headrace.web.access;

import io.headrace.engine.access.Account;
import io.headrace.engine.access.Role;
import java.time.Instant;

/**
 * An account.
 *
 * @param password whether it can be used with a password
 */
public record AccountView(
        String id, String name, Role role, boolean enabled, boolean password, Instant createdAt) {

    static AccountView of(Account account) {
        return new AccountView(
                account.id().toString(),
                account.name(),
                account.role(),
                account.enabled(),
                !account.passwordHash().isEmpty(),
                account.createdAt());
    }
}
