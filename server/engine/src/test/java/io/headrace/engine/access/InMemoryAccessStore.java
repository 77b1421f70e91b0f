package io.headrace.engine.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what {@link AccessStore} promises, until the process ends. */
public final class InMemoryAccessStore implements AccessStore {

    private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
    private final Map<TokenId, Token> tokens = new LinkedHashMap<>();

    @Override
    public synchronized boolean add(Account account) {
        return find(account.name()).isEmpty()
                && accounts.putIfAbsent(account.id(), account) == null;
    }

    @Override
    public synchronized boolean addFirst(Account account) {
        return accounts.isEmpty() && add(account);
    }

    @Override
    public synchronized Optional<Account> find(String name) {
        return accounts.values().stream().filter(a -> a.name().equalsIgnoreCase(name)).findFirst();
    }

    @Override
    public synchronized Optional<Account> find(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public synchronized List<Account> accounts() {
        return accounts.values().stream()
                .sorted(Comparator.comparing(Account::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    @Override
    public synchronized boolean update(Account account) {
        return accounts.replace(account.id(), account) != null;
    }

    @Override
    public synchronized boolean delete(AccountId id) {
        tokens.values().removeIf(token -> token.account().equals(id));
        return accounts.remove(id) != null;
    }

    @Override
    public synchronized boolean anyone() {
        return !accounts.isEmpty();
    }

    @Override
    public synchronized void add(Token token) {
        tokens.put(token.id(), token);
    }

    @Override
    public synchronized Optional<Token> findToken(String hash) {
        return tokens.values().stream().filter(t -> t.hash().equals(hash)).findFirst();
    }

    @Override
    public synchronized List<Token> tokens(AccountId account) {
        return tokens.values().stream()
                .filter(token -> token.account().equals(account))
                .sorted(Comparator.comparing(Token::id).reversed())
                .toList();
    }

    @Override
    public synchronized boolean delete(TokenId id) {
        return tokens.remove(id) != null;
    }

    @Override
    public synchronized void touch(TokenId id, Instant usedAt) {
        tokens.computeIfPresent(
                id,
                (_, t) ->
                        new Token(
                                t.id(),
                                t.account(),
                                t.name(),
                                t.hash(),
                                t.hint(),
                                t.role(),
                                t.createdAt(),
                                t.expiresAt(),
                                usedAt));
    }
}
