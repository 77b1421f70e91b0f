package io.headrace.engine.secret;

import io.headrace.engine.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tells private keys from other texts. */
final class PrivateKeys {

    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";

    private static final String END = "\n-----END ";

    /** What every key of OpenSSH begins with, and after it what says that it isn't encrypted. */
    private static final String PLAIN = "openssh-key-v1\0\0\0\0\4none";

    private PrivateKeys() {}

    /**
     * Checks that {@code text} looks like a private key that ssh can use without being asked for a
     * passphrase.
     *
     * @throws Refused if it does not; the message holds nothing of it
     */
    static void check(String text) {
        if (!text.startsWith("-----BEGIN ") || !text.contains(END) || !text.endsWith("-----")) {
            throw Refused.invalid(
                    "This is not a private key; give the whole file, from -----BEGIN … to -----END …, such as ~/.ssh/id_ed25519 without '.pub'");
        }
        if (text.startsWith("-----BEGIN PUBLIC") || text.startsWith("-----BEGIN CERTIFICATE")) {
            throw Refused.invalid("This is no private key but a public one; give the private one");
        }
        if (isEncrypted(text)) {
            throw Refused.invalid(
                    "The private key has a passphrase, and nobody is there to type it; make a key of its own for this project (ssh-keygen -t ed25519 -N '')");
        }
    }

    private static boolean isEncrypted(String text) {
        if (text.contains("ENCRYPTED")) {
            return true;
        }
        if (!text.startsWith(OPENSSH)) {
            return false;
        }
        var body = text.substring(OPENSSH.length(), text.lastIndexOf(END)).strip();
        try {
            var bytes = Base64.getMimeDecoder().decode(body);
            var start = new String(bytes, StandardCharsets.ISO_8859_1);
            return !start.startsWith(PLAIN);
        } catch (IllegalArgumentException _) {
            throw new Refused(
                    Refused.Why.INVALID, "The private key is damaged; copy the whole file");
        }
    }
}
