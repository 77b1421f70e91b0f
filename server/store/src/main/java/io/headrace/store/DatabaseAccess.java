package io.headrace.store;

import io.headrace.engine.access.AccessStore;
import io.headrace.engine.access.Account;
import io.headrace.engine.access.AccountId;
import io.headrace.engine.access.Role;
import io.headrace.engine.access.Token;
import io.headrace.engine.access.TokenId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts and tokens in a database. */
final class DatabaseAccess implements AccessStore {

    private static final String ACCOUNT =
            "select id, name, account_role, enabled, password_hash, epoch, created_at from account";
    private static final String TOKEN =
            "select id, account_id, name, hash, hint, token_role, created_at, expires_at,"
                    + " last_used_at from token";

    private final Core core;

    DatabaseAccess(Core core) {
        this.core = core;
    }

    private static Account account(Row row) throws SQLException {
        return new Account(
                new AccountId(row.number(1)),
                row.text(2),
                Role.valueOf(row.text(3)),
                row.flag(4),
                row.text(5),
                row.small(6),
                row.time(7));
    }

    private static Token token(Row row) throws SQLException {
        return new Token(
                new TokenId(row.number(1)),
                new AccountId(row.number(2)),
                row.text(3),
                row.text(4),
                row.text(5),
                role(row.textOrNull(6)),
                row.time(7),
                row.timeOrNull(8),
                row.timeOrNull(9));
    }

    private static @Nullable String name(@Nullable Role role) {
        return role == null ? null : role.name();
    }

    private static @Nullable Role role(@Nullable String name) {
        return name == null ? null : Role.valueOf(name);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean add(Account account) {
        return core.writer().change(transaction -> insert(transaction, account));
    }

    @Override
    public boolean addFirst(Account account) {
        return core.writer()
                .change(transaction -> {
                    // Two controllers must not both find the table empty.
                    transaction.sql().update("lock table account in exclusive mode");
                    return !anyone(transaction.sql()) && insert(transaction, account);
                });
    }

    private static boolean insert(Transaction transaction, Account account) throws SQLException {
        var sql = transaction.sql();
        if (sql.exists("select 1 from account where name_key = ?", key(account.name()))) {
            return false;
        }
        sql.update(
                "insert into account (id, name, name_key, account_role, enabled, password_hash,"
                        + " epoch, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                account.id().value(),
                account.name(),
                key(account.name()),
                account.role().name(),
                account.enabled(),
                account.passwordHash(),
                account.epoch(),
                account.createdAt());
        return true;
    }

    @Override
    public Optional<Account> find(String name) {
        return core.readers()
                .read(sql ->
                        sql.first(
                                ACCOUNT + " where name_key = ?",
                                DatabaseAccess::account,
                                key(name)));
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return core.readers()
                .read(sql ->
                        sql.first(ACCOUNT + " where id = ?", DatabaseAccess::account, id.value()));
    }

    @Override
    public List<Account> accounts() {
        return core.readers()
                .read(sql -> sql.list(ACCOUNT + " order by name_key", DatabaseAccess::account));
    }

    @Override
    public boolean update(Account account) {
        return core.writer()
                .change(transaction ->
                        transaction
                                        .sql()
                                        .update(
                                                "update account set name = ?, name_key = ?,"
                                                        + " account_role = ?, enabled = ?,"
                                                        + " password_hash = ?, epoch = ?"
                                                        + " where id = ?",
                                                account.name(),
                                                key(account.name()),
                                                account.role().name(),
                                                account.enabled(),
                                                account.passwordHash(),
                                                account.epoch(),
                                                account.id().value())
                                == 1);
    }

    @Override
    public boolean delete(AccountId id) {
        return core.writer()
                .change(transaction -> {
                    var sql = transaction.sql();
                    sql.update("delete from token where account_id = ?", id.value());
                    return sql.update("delete from account where id = ?", id.value()) == 1;
                });
    }

    @Override
    public boolean anyone() {
        return core.readers().read(DatabaseAccess::anyone);
    }

    private static boolean anyone(Sql sql) throws SQLException {
        return sql.exists("select 1 from account");
    }

    @Override
    public void add(Token token) {
        core.writer()
                .change(transaction ->
                        transaction
                                .sql()
                                .update(
                                        "insert into token (id, account_id, name, hash,"
                                                + " hint, token_role, created_at,"
                                                + " expires_at, last_used_at)"
                                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                        token.id().value(),
                                        token.account().value(),
                                        token.name(),
                                        token.hash(),
                                        token.hint(),
                                        name(token.role()),
                                        token.createdAt(),
                                        token.expiresAt(),
                                        token.lastUsedAt()));
    }

    @Override
    public Optional<Token> findToken(String hash) {
        return core.readers()
                .read(sql -> sql.first(TOKEN + " where hash = ?", DatabaseAccess::token, hash));
    }

    @Override
    public List<Token> tokens(AccountId account) {
        return core.readers()
                .read(sql ->
                        sql.list(
                                TOKEN + " where account_id = ? order by id desc",
                                DatabaseAccess::token,
                                account.value()));
    }

    @Override
    public boolean delete(TokenId id) {
        return core.writer()
                .change(transaction ->
                        transaction.sql().update("delete from token where id = ?", id.value())
                                == 1);
    }

    @Override
    public void touch(TokenId id, Instant usedAt) {
        core.writer()
                .change(transaction ->
                        transaction
                                .sql()
                                .update(
                                        "update token set last_used_at = ? where id = ?",
                                        usedAt,
                                        id.value()));
    }
}
