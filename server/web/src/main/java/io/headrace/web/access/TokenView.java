package io.headrace.web.access;

import io.headrace.engine.access.Role;
import io.headrace.engine.access.Token;
import io.headrace.engine.access.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API token.
 *
 * @param hint its first characters
 * @param role what it may do at most; left out where that is all that its account may
 * @param token the token itself; only in the answer to the request that made it
 */
public record TokenView(
        String id,
        String name,
        String hint,
        @Nullable Role role,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String token) {

    static TokenView of(Token token) {
        return of(token, null);
    }

    static TokenView of(Tokens.Created created) {
        return of(created.token(), created.secret());
    }

    private static TokenView of(Token token, @Nullable String secret) {
        return new TokenView(
                token.id().toString(),
                token.name(),
                token.hint(),
                token.role(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                secret);
    }

    @Override
    public String toString() {
        return "TokenView[" + hint + "…]";
    }
}
