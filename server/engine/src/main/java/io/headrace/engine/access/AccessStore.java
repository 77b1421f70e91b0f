package io.headrace.engine.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps accounts and API tokens. */
public interface AccessStore {

    /** Returns false, and changes nothing, if the name is taken (whatever the case). */
    boolean add(Account account);

    /**
     * Adds the account only if there is none at all, so that the first administrator can be made
     * once.
     */
    boolean addFirst(Account account);

    Optional<Account> find(String name);

    Optional<Account> find(AccountId id);

    /** Lists by name. */
    List<Account> accounts();

    /** Replaces the account with this id; returns whether it was there. */
    boolean update(Account account);

    /** Deletes the account with its tokens; returns whether it was there. */
    boolean delete(AccountId id);

    /** Returns whether there is any account. */
    boolean anyone();

    void add(Token token);

    Optional<Token> findToken(String hash);

    /** Lists newest first. */
    List<Token> tokens(AccountId account);

    /** Deletes the token; returns whether it was there. */
    boolean delete(TokenId id);

    void touch(TokenId id, Instant usedAt);
}
