package io.headrace.api;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Brings sources from a version control system.
 *
 * <p><b>Threads.</b> All methods are called concurrently, on virtual threads; they may block.
 * Cancellation arrives as an interrupt; no process may outlive the call.
 *
 * @since 0.1
 */
public interface ScmProvider extends Configurable {

    /** Returns the name used in {@code source.type}, such as {@code git}. Never changes. */
    String type();

    /** Returns whether {@code url} looks like one of this system's. Makes no outbound call. */
    boolean recognises(String url);

    /**
     * Finds the commit that {@code ref} names just now.
     *
     * @param ref a branch, tag, full ref name or commit; empty means the default branch
     */
    Revision resolve(Source source, String ref) throws ScmException, InterruptedException;

    /**
     * Reads one file at a commit.
     *
     * @param path relative to the repository's root, with {@code /} between names
     * @param maxBytes a longer file is refused
     */
    byte[] read(Source source, String commit, String path, int maxBytes)
            throws ScmException, InterruptedException;

    /**
     * Puts the files of a commit into {@code directory}, which exists and is empty.
     *
     * <p>Whatever is in the repository must not be able to run a command here (hooks, filters,
     * submodule URLs), nor to write outside of the directory.
     */
    void checkout(Source source, String commit, Path directory)
            throws ScmException, InterruptedException;

    /**
     * Like {@link #checkout}, for commands that see nothing of this machine but {@code directory},
     * or a copy of it, as in a container. Override it if what {@link #checkout} leaves refers to
     * anything outside of the directory.
     */
    default void checkoutApart(Source source, String commit, Path directory)
            throws ScmException, InterruptedException {
        checkout(source, commit, directory);
    }

    /**
     * Where a project's sources are.
     *
     * @param url as the user gave it
     * @param credential how to log in, or null
     */
    record Source(String url, @Nullable Credential credential) {}

    /**
     * A login. Its text form hides the secret.
     *
     * @param user null where the scheme needs none
     * @param secret a password, token or private key; must not appear in arguments, addresses,
     *     messages, logs or what {@link ScmProvider#checkout} leaves behind
     * @param knownHosts keys of hosts to trust and no others, as lines of OpenSSH's {@code
     *     known_hosts}; null leaves it to the provider whom to trust
     */
    record Credential(@Nullable String user, String secret, @Nullable String knownHosts) {

        /** Makes a credential that leaves it to the provider whom to trust. */
        public Credential(@Nullable String user, String secret) {
            this(user, secret, null);
        }

        @Override
        public String toString() {
            return "Credential[" + user + "]";
        }
    }

    /**
     * A commit, and what people want to know of it.
     *
     * @param commit the full id
     * @param ref the full name of the ref that it was found by, such as {@code refs/heads/main};
     *     the commit itself where it was found by its id
     * @param author name and address, as recorded; anyone can have written anything
     * @param message the whole message, as recorded
     */
    record Revision(String commit, String ref, String author, String message, Instant time) {}
}
