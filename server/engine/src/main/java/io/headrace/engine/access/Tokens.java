package io.headrace.engine.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * API tokens: {@code hrt_}, 40 random letters and digits (238 bits), and 6 that are a checksum, so
 * that a scanner knows a leaked one from noise and a mistyped one costs no look into the database.
 * Any number of threads may use it.
 */
public final class Tokens {

    private static final String PREFIX = "hrt_";
    private static final int RANDOM = 40;
    private static final int CHECKSUM = 6;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{46}");
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Duration TOUCHED_EVERY = Duration.ofMinutes(1);

    private final AccessStore store;
    private final TimeId ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Tokens(AccessStore store, TimeId ids, InstantSource clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A token that was just made.
     *
     * @param secret the token itself; show it once, keep it nowhere
     */
    public record Created(Token token, String secret) {

        @Override
        public String toString() {
            return token.toString();
        }
    }

    /**
     * Makes a token.
     *
     * @param owner the account that it belongs to
     * @param name for people, 1 to 100 characters
     * @param role what it may do at most; null means all that the account may
     * @param expiresAt null means never
     * @throws Refused if the name is not fit, the role is more than the account's, or the time is
     *     past
     */
    public Created create(
            Account owner, String name, @Nullable Role role, @Nullable Instant expiresAt) {
        var label = name.strip();
        if (label.isEmpty() || label.length() > 100) {
            throw Refused.invalid("A token's name has 1 to 100 characters; say what it is for");
        }
        if (label.chars().anyMatch(Character::isISOControl)) {
            throw Refused.invalid("A token's name has no control characters; remove them");
        }
        if (role != null && role.compareTo(owner.role()) > 0) {
            throw tooLarge(owner.name(), owner.role(), role);
        }
        var now = clock.instant();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw Refused.invalid("'expiresAt' is past already; give a time to come, or none");
        }
        var secret = secret();
        var token =
                new Token(
                        new TokenId(ids.next()),
                        owner.id(),
                        label,
                        hash(secret),
                        secret.substring(0, PREFIX.length() + 4),
                        role,
                        now,
                        expiresAt,
                        null);
        store.add(token);
        return new Created(token, secret);
    }

    /**
     * Makes a token for somebody, which may do no more than they may just now: who came with a
     * small token can't make a larger one.
     *
     * @param role null means all that {@code owner} may
     * @throws Refused like the other {@code create}
     */
    public Created create(
            Principal owner, String name, @Nullable Role role, @Nullable Instant expiresAt) {
        if (role != null && role.compareTo(owner.role()) > 0) {
            throw tooLarge(owner.name(), owner.role(), role);
        }
        var narrowed = owner.role() != owner.account().role();
        return create(
                owner.account(), name, role == null && narrowed ? owner.role() : role, expiresAt);
    }

    /** Lists an account's tokens, newest first. */
    public List<Token> list(Account owner) {
        return store.tokens(owner.id());
    }

    /**
     * Makes a token worthless, at once.
     *
     * @throws Refused if the account has no such token
     */
    public void revoke(Account owner, TokenId id) {
        var there = store.tokens(owner.id()).stream().anyMatch(token -> token.id().equals(id));
        if (!there || !store.delete(id)) {
            throw Refused.notFound("'%s' has no token %s".formatted(owner.name(), id));
        }
    }

    /**
     * Returns who a token belongs to; empty if it is none, has expired, or its account is locked.
     */
    public Optional<Principal> authenticate(String secret) {
        if (!FORM.matcher(secret).matches() || !checksumFits(secret)) {
            return Optional.empty();
        }
        var hash = hash(secret);
        var found = store.findToken(hash);
        if (found.isEmpty()
                || !MessageDigest.isEqual(
                        hash.getBytes(US_ASCII), found.get().hash().getBytes(US_ASCII))) {
            return Optional.empty();
        }
        var token = found.get();
        var now = clock.instant();
        var expiresAt = token.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            return Optional.empty();
        }
        var account = store.find(token.account()).filter(Account::enabled);
        account.ifPresent(_ -> touch(token, now));
        return account.map(owner -> Principal.ofToken(owner, token));
    }

    private void touch(Token token, Instant now) {
        var last = token.lastUsedAt();
        if (last == null || !last.plus(TOUCHED_EVERY).isAfter(now)) {
            store.touch(token.id(), now);
        }
    }

    private static Refused tooLarge(String owner, Role has, Role wanted) {
        return Refused.invalid(
                "'%s' is %s, so a token can't be %s; take that role or a smaller one"
                        .formatted(owner, has, wanted));
    }

    private String secret() {
        var text = new StringBuilder(PREFIX);
        for (var i = 0; i < RANDOM; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return text.append(checksum(text.substring(PREFIX.length()))).toString();
    }

    private static boolean checksumFits(String secret) {
        var end = secret.length() - CHECKSUM;
        return checksum(secret.substring(PREFIX.length(), end)).equals(secret.substring(end));
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(US_ASCII));
        var rest = crc.getValue();
        var digits = new char[CHECKSUM];
        for (var i = CHECKSUM - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }

    private static String hash(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
