package io.headrace.engine.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that every JVM has. */
final class Digests {

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
