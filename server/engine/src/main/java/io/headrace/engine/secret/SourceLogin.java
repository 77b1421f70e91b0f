package io.headrace.engine.secret;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people may know of the login at a project's repository.
 *
 * @param user null where none was given
 * @param knownHosts lines as in OpenSSH's {@code known_hosts}, or null
 * @param url address that it was given for; it is sent to no other
 * @param updatedAt when it was set
 * @param updatedBy name of the account that set it
 */
public record SourceLogin(
        Kind kind,
        @Nullable String user,
        @Nullable String knownHosts,
        String url,
        Instant updatedAt,
        String updatedBy) {

    /** What the secret is. */
    public enum Kind {
        /** A password or token, for http and https. */
        PASSWORD,
        /** A private key without a passphrase, for SSH. */
        SSH_KEY
    }
}
