package io.headrace.engine.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.engine.Refused;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Lets the first administrator in, once.
 *
 * <p>At the first start an account {@code admin} is made, without a password: it can be used with a
 * token only, which is written to {@code secrets/initial-admin.token} for scripts. A setup key is
 * made as well; whoever brings it ({@code /setup?key=…}) gives that account a password and, if they
 * like, another name. The token stays that account's.
 *
 * <p>Setup is <em>pending</em> until there is an administrator who can log in with a password,
 * whether they came through the setup key or were added with the token. While it is pending the
 * server answers to its own machine only; afterwards the key is worth nothing and its file is gone.
 * The key stays the same over restarts until then.
 */
public final class FirstAdministrator {

    /** The first account's name until setup gives it another one. */
    public static final String NAME = "admin";

    private static final String TOKEN_FILE = "initial-admin.token";
    private static final String KEY_FILE = "setup.key";

    private final AccessStore store;
    private final Accounts accounts;
    private final Tokens tokens;
    private final LoginThrottle throttle;
    private final Path secrets;
    private volatile boolean done;

    /**
     * @param secrets directory for the two files; is made when needed, for its owner only
     */
    public FirstAdministrator(
            AccessStore store,
            Accounts accounts,
            Tokens tokens,
            LoginThrottle throttle,
            Path secrets) {
        this.store = store;
        this.accounts = accounts;
        this.tokens = tokens;
        this.throttle = throttle;
        this.secrets = secrets;
    }

    /**
     * Makes account, token and key if they are missing. Called at each start, before requests are
     * served.
     *
     * @return the setup key, to be shown on the terminal; empty if setup is over
     * @throws IOException if the files can't be written
     */
    public Optional<String> prepare() throws IOException {
        if (!store.anyone()) {
            store.addFirst(accounts.fresh(NAME, null, Role.ADMINISTRATOR));
        }
        if (!pending()) {
            return Optional.empty();
        }
        Files.createDirectories(secrets);
        restrict(secrets, "rwx------");
        var first = unsettled();
        if (first.isPresent() && !Files.exists(tokenFile())) {
            write(tokenFile(), tokens.create(first.get(), "initial", null, null).secret());
        }
        return Optional.of(key());
    }

    /** Returns whether nobody can administer with a password yet. */
    public boolean pending() {
        if (!done) {
            done =
                    store.accounts().stream()
                            .anyMatch(account ->
                                    Accounts.administers(account)
                                            && !account.passwordHash().isEmpty());
        }
        return !done;
    }

    /** Returns where the first account's token is written. */
    public Path tokenFile() {
        return secrets.resolve(TOKEN_FILE);
    }

    /**
     * Ends the setup: names the first administrator and gives them a password.
     *
     * @param key from {@link #prepare}
     * @param address where the request comes from
     * @throws Refused if the key is wrong or was used, or name or password are not fit; the key can
     *     be used again then
     * @throws LoginThrottle.Throttled if too many keys were wrong
     */
    public synchronized Account complete(String key, String name, String password, String address)
            throws IOException {
        if (!pending()) {
            throw new Refused(
                    Refused.Why.CONFLICT, "Setup is over: there is an administrator; log in");
        }
        throttle.admit(address);
        if (!MessageDigest.isEqual(key().getBytes(UTF_8), key.getBytes(UTF_8))) {
            throttle.failed(address);
            throw new Refused(
                    Refused.Why.NOT_ALLOWED,
                    "This setup link is not valid; use the one that the server printed when it"
                            + " started");
        }
        var first = unsettled();
        var administrator =
                first.isPresent()
                        ? accounts.settle(first.get().id(), name, password)
                        : accounts.create(name, password, Role.ADMINISTRATOR);
        Files.deleteIfExists(secrets.resolve(KEY_FILE));
        return administrator;
    }

    private Optional<Account> unsettled() {
        return store.accounts().stream().filter(Accounts::administers).findFirst();
    }

    private String key() throws IOException {
        var file = secrets.resolve(KEY_FILE);
        if (!Files.exists(file)) {
            var bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            write(file, HexFormat.of().formatHex(bytes));
        }
        return Files.readString(file).strip();
    }

    private static void write(Path file, String secret) throws IOException {
        var draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        try {
            restrict(draft, "rw-------");
            Files.writeString(draft, secret + "\n");
            move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
