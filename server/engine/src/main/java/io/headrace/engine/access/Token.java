package io.headrace.engine.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an API token. The token itself is shown once and never kept.
 *
 * @param name for people
 * @param hash SHA-256 of the token, 64 hexadecimal digits (tokens are long random texts, so a slow
 *     hash would add nothing)
 * @param role what it may do at most; never more than its account, whatever this says. Null means
 *     all that its account may
 * @param hint the token's first characters, to recognise it by
 * @param expiresAt or null, which means never
 * @param lastUsedAt to the minute, or null
 */
public record Token(
        TokenId id,
        AccountId account,
        String name,
        String hash,
        String hint,
        @Nullable Role role,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    @Override
    public String toString() {
        return "Token[" + hint + "…]";
    }
}
