package io.headrace.engine.backup;

import io.headrace.engine.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts bytes with a passphrase: AES-256-GCM with a key by PBKDF2-HMAC-SHA256. What comes out
 * begins with the name of the format, how often the hash is repeated, the salt and the nonce, all
 * of which are authenticated.
 */
final class Seal {

    private static final byte[] FORMAT = "headrace-seal-1\n".getBytes(StandardCharsets.US_ASCII);

    /** What OWASP asks for. */
    private static final int ROUNDS = 600_000;

    /** More would be somebody who wants us to be busy for hours. */
    private static final int MOST_ROUNDS = 10_000_000;

    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int HEAD = FORMAT.length + Integer.BYTES + SALT + NONCE;

    private static final int SHORTEST = 12;

    private Seal() {}

    /**
     * Checks a passphrase that is to be used for something new.
     *
     * @throws Refused if it is too short
     */
    static void check(String passphrase) {
        if (passphrase.length() < SHORTEST) {
            throw Refused.invalid(
                    "A passphrase has at least %d characters; take a longer one, such as five words"
                            .formatted(SHORTEST));
        }
    }

    static byte[] close(byte[] clear, String passphrase) {
        var random = new SecureRandom();
        var salt = new byte[SALT];
        var nonce = new byte[NONCE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        var head = ByteBuffer.allocate(HEAD).put(FORMAT).putInt(ROUNDS).put(salt).put(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, head.array(), passphrase);
            var sealed = ByteBuffer.allocate(HEAD + cipher.getOutputSize(clear.length));
            sealed.put(head.array());
            cipher.doFinal(ByteBuffer.wrap(clear), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM can't encrypt", e);
        }
    }

    /**
     * Returns what was sealed.
     *
     * @throws Refused if the passphrase is another, or the bytes were changed
     */
    static byte[] open(byte[] sealed, String passphrase) {
        if (sealed.length < HEAD
                || !ByteBuffer.wrap(sealed, 0, FORMAT.length).equals(ByteBuffer.wrap(FORMAT))) {
            throw Refused.invalid("The keys in the backup are sealed in a way that is not known");
        }
        var head = java.util.Arrays.copyOf(sealed, HEAD);
        try {
            return cipher(Cipher.DECRYPT_MODE, head, passphrase)
                    .doFinal(sealed, HEAD, sealed.length - HEAD);
        } catch (AEADBadTagException e) {
            throw new Refused(
                    Refused.Why.INVALID,
                    "The passphrase is not the one that the backup was made with",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM can't decrypt", e);
        }
    }

    private static Cipher cipher(int mode, byte[] head, String passphrase)
            throws GeneralSecurityException {
        var fields = ByteBuffer.wrap(head).position(FORMAT.length);
        var rounds = fields.getInt();
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw Refused.invalid("The keys in the backup are sealed in a way that is not known");
        }
        var salt = new byte[SALT];
        var nonce = new byte[NONCE];
        fields.get(salt).get(nonce);
        var spec = new PBEKeySpec(passphrase.toCharArray(), salt, rounds, 256);
        try {
            var key =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(spec)
                            .getEncoded();
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(head);
            return cipher;
        } finally {
            spec.clearPassword();
        }
    }
}
