package io.headrace.engine.access;

import java.time.Instant;

/**
 * Somebody who can log in.
 *
 * @param name unique whatever the case, 1 to 63 characters: letters, digits, {@code .}, {@code _},
 *     {@code -}, {@code @}
 * @param enabled false locks them out, their tokens included
 * @param passwordHash Argon2id in PHC form; empty if they can't log in with a password. Never
 *     leaves the server
 * @param epoch counts what must end their sessions: changes of password, role and lock
 */
public record Account(
        AccountId id,
        String name,
        Role role,
        boolean enabled,
        String passwordHash,
        int epoch,
        Instant createdAt) {

    @Override
    public String toString() {
        return "Account[" + name + ", " + role + "]";
    }
}
