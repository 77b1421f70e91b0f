package io.headrace.engine.access;

import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who can log in. Any number of threads may use it.
 *
 * <p>An account without a password (an empty hash) can be used with tokens only. There is always an
 * administrator who is not locked out: what would remove the last one is refused.
 */
public final class Accounts {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,63}");

    private final AccessStore store;
    private final LoginThrottle throttle;
    private final TimeId ids;
    private final InstantSource clock;
    private final Passwords passwords = new Passwords();

    /** Keeps two changes from removing the last two administrators, each sparing the other. */
    private final ReentrantLock changing = new ReentrantLock();

    public Accounts(AccessStore store, LoginThrottle throttle, TimeId ids, InstantSource clock) {
        this.store = store;
        this.throttle = throttle;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Adds an account.
     *
     * @param password null makes one that can be used with tokens only
     * @throws Refused if the name or the password is not fit, or the name is taken
     */
    public Account create(String name, @Nullable String password, Role role) {
        var account = fresh(name, password, role);
        if (!store.add(account)) {
            throw taken(name);
        }
        return account;
    }

    Account fresh(String name, @Nullable String password, Role role) {
        checkName(name);
        return new Account(
                new AccountId(ids.next()),
                name,
                role,
                true,
                hash(name, password),
                1,
                clock.instant());
    }

    public Optional<Account> find(String name) {
        return store.find(name);
    }

    /**
     * Returns the account.
     *
     * @throws Refused if there is none
     */
    public Account get(String name) {
        return store.find(name).orElseThrow(() -> unknown(name));
    }

    /** Lists by name. */
    public List<Account> list() {
        return store.accounts();
    }

    /**
     * Gives a new password and ends the account's sessions.
     *
     * @throws Refused if there is no such account, or the password is not fit
     */
    public Account changePassword(String name, String password) {
        var hash = hash(get(name).name(), password);
        return change(name, old -> with(old, old.role(), old.enabled(), hash));
    }

    /**
     * Gives a new password to somebody who knows the old one, and ends the account's sessions.
     *
     * @param address where the request comes from
     * @throws Refused if the old password is wrong, or the new one is not fit
     * @throws LoginThrottle.Throttled if too many old passwords were wrong
     */
    public Account changePassword(Account account, String old, String password, String address) {
        if (login(account.name(), old, address).isEmpty()) {
            throw new Refused(
                    Refused.Why.NOT_ALLOWED, "The old password is wrong; nothing was changed");
        }
        return changePassword(account.name(), password);
    }

    /**
     * Changes what an account may do, and ends its sessions.
     *
     * @throws Refused if there is no such account, or it is the last administrator's
     */
    public Account changeRole(String name, Role role) {
        return change(
                name,
                old ->
                        old.role() == role
                                ? old
                                : with(old, role, old.enabled(), old.passwordHash()));
    }

    /**
     * Locks an account out, with its sessions and tokens, or lets it in again.
     *
     * @throws Refused if there is no such account, or it is the last administrator's
     */
    public Account setEnabled(String name, boolean enabled) {
        return change(
                name,
                old ->
                        old.enabled() == enabled
                                ? old
                                : with(old, old.role(), enabled, old.passwordHash()));
    }

    /**
     * Deletes an account with its tokens.
     *
     * @throws Refused if there is no such account, or it is the last administrator's
     */
    public void delete(String name) {
        changing.lock();
        try {
            var account = get(name);
            checkNotLast(account, null);
            store.delete(account.id());
        } finally {
            changing.unlock();
        }
    }

    /**
     * Lets somebody in who knows a password. Takes as long for a name that does not exist.
     *
     * @param address where the request comes from
     * @return empty if the name or the password is wrong, or the account is locked
     * @throws LoginThrottle.Throttled if too many tries were wrong
     */
    public Optional<Principal> login(String name, String password, String address) {
        throttle.admit(name, address);
        var account = NAME.matcher(name).matches() ? store.find(name) : Optional.<Account>empty();
        var fits = passwords.fits(password, account.map(Account::passwordHash).orElse(""));
        if (!fits || !account.orElseThrow().enabled()) {
            throttle.failed(name, address);
            return Optional.empty();
        }
        throttle.succeeded(name, address);
        return account.map(Principal::ofSession);
    }

    /**
     * Returns who a session belongs to.
     *
     * @param epoch {@link Account#epoch} at the time of the login
     * @return empty if the session has ended since
     */
    public Optional<Principal> session(AccountId id, int epoch) {
        return store.find(id)
                .filter(account -> account.enabled() && account.epoch() == epoch)
                .map(Principal::ofSession);
    }

    /** Renames an account and gives it a password; only for the first administrator. */
    Account settle(AccountId id, String name, String password) {
        checkName(name);
        var hash = hash(name, password);
        changing.lock();
        try {
            var old = store.find(id).orElseThrow(() -> unknown(name));
            if (store.find(name).filter(other -> !other.id().equals(id)).isPresent()) {
                throw taken(name);
            }
            var settled =
                    new Account(
                            id,
                            name,
                            Role.ADMINISTRATOR,
                            true,
                            hash,
                            old.epoch() + 1,
                            old.createdAt());
            store.update(settled);
            return settled;
        } finally {
            changing.unlock();
        }
    }

    private Account change(String name, UnaryOperator<Account> change) {
        changing.lock();
        try {
            var old = get(name);
            var changed = change.apply(old);
            if (changed.equals(old)) {
                return old;
            }
            checkNotLast(old, changed);
            if (!store.update(changed)) {
                throw unknown(name);
            }
            return changed;
        } finally {
            changing.unlock();
        }
    }

    private void checkNotLast(Account old, @Nullable Account changed) {
        var others = store.accounts().stream().filter(other -> !other.id().equals(old.id()));
        var left = changed == null ? others : Stream.concat(others, Stream.of(changed));
        var administrators = left.filter(Accounts::administers).toList();
        var logsIn = administrators.stream().anyMatch(account -> !account.passwordHash().isEmpty());
        if (administers(old)
                && (administrators.isEmpty() || (!old.passwordHash().isEmpty() && !logsIn))) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "'%s' is the last administrator who can log in; make another one first"
                            .formatted(old.name()));
        }
    }

    static boolean administers(Account account) {
        return account.enabled() && account.role() == Role.ADMINISTRATOR;
    }

    private static Account with(Account old, Role role, boolean enabled, String passwordHash) {
        return new Account(
                old.id(),
                old.name(),
                role,
                enabled,
                passwordHash,
                old.epoch() + 1,
                old.createdAt());
    }

    private String hash(String name, @Nullable String password) {
        if (password == null) {
            return "";
        }
        passwords.check(name, password);
        return passwords.hash(password);
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refused.invalid(
                    "'%s' can't be an account's name; use up to 63 letters, digits, '.', '_', '-' and '@'"
                            .formatted(name));
        }
    }

    private static Refused taken(String name) {
        return new Refused(
                Refused.Why.CONFLICT,
                "There is an account '%s' already; choose another name".formatted(name));
    }

    private static Refused unknown(String name) {
        return Refused.notFound("There is no account '%s'".formatted(name));
    }
}
