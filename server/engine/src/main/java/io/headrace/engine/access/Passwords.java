package io.headrace.engine.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.headrace.engine.Refused;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords and compares them with their hashes: Argon2id, 7 MiB, 5 passes, 1 lane, one of
 * the settings that OWASP names as equally strong. The library keeps a block of that size for ever,
 * which is why it is not one of the larger ones.
 */
final class Passwords {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 256;
    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    /** Bounds the memory that logins take, however many come at once. */
    private final Semaphore atOnce = new Semaphore(2, true);

    /** Made when it is first needed, to start faster. */
    private @Nullable String nobodys;

    /**
     * Checks that {@code password} can be one for {@code name}.
     *
     * @throws Refused if it can't
     */
    void check(String name, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw Refused.invalid(
                    "A password has %d to %d characters; take a longer one, such as four words"
                            .formatted(SHORTEST, LONGEST));
        }
        if (password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))
                && name.length() > 3) {
            throw Refused.invalid("A password can't contain the account's name; take another one");
        }
        if (password.chars().distinct().count() < 5) {
            throw Refused.invalid(
                    "A password has at least 5 different characters; take another one");
        }
    }

    /** Returns the hash in PHC form, with a salt of its own. */
    String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        atOnce.acquireUninterruptibly();
        try {
            return Argon2Function.getInstance(
                            7168, 5, 1, 32, Argon2.ID, Argon2Function.ARGON2_VERSION_13)
                    .hash(bytes(password), salt)
                    .getResult();
        } finally {
            atOnce.release();
        }
    }

    /** Compares; takes as long for an empty hash, which no password fits, as for any other. */
    boolean fits(String password, String hash) {
        if (password.length() > LONGEST) {
            return false;
        }
        var known = !hash.isEmpty();
        var nobodys = nobodys();
        var compared = known ? hash : nobodys;
        atOnce.acquireUninterruptibly();
        try {
            var fits =
                    Argon2Function.getInstanceFromHash(compared)
                            .check(bytes(password), compared.getBytes(UTF_8));
            return fits && known;
        } finally {
            atOnce.release();
        }
    }

    private synchronized String nobodys() {
        var hash = nobodys;
        if (hash == null) {
            hash = hash("nobody has this password: " + random.nextLong());
            nobodys = hash;
        }
        return hash;
    }

    private static byte[] bytes(String password) {
        return password.getBytes(UTF_8);
    }
}
