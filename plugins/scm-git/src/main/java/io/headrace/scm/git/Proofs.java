package io.headrace.scm.git;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers which logins a repository's host has lately accepted. Without it, whoever knows a
 * commit's id could have it from the mirror by a login that the host would refuse.
 */
final class Proofs {

    private static final Duration VALID = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final ConcurrentMap<String, Long> accepted = new ConcurrentHashMap<>();

    boolean has(GitAccess access) {
        if (access.url().transport() == GitUrl.Transport.LOCAL) {
            return true;
        }
        var when = accepted.get(access.fingerprint());
        return when != null && System.nanoTime() - when < VALID.toNanos();
    }

    void add(GitAccess access) {
        if (accepted.size() >= MOST) {
            accepted.clear();
        }
        accepted.put(access.fingerprint(), System.nanoTime());
    }
}
