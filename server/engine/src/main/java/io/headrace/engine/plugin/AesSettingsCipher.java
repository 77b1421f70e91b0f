package io.headrace.engine.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a key that is kept in a file of its own, which only the server may read. */
public final class AesSettingsCipher implements SettingsCipher {

    private static final String VERSION = "v1:";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path keyFile;
    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private AesSettingsCipher(Path keyFile, byte[] key) {
        this.keyFile = keyFile;
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Reads the key from {@code keyFile}, such as {@code $HEADRACE_HOME/secrets/settings.key}, or
     * makes one there if the file is missing.
     *
     * @throws IOException if the file can't be read or written, or does not hold a key
     */
    public static AesSettingsCipher at(Path keyFile) throws IOException {
        if (!Files.exists(keyFile)) {
            create(keyFile);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(Files.readString(keyFile).strip());
        } catch (IllegalArgumentException _) {
            key = new byte[0];
        }
        if (key.length != KEY_BYTES) {
            throw new IOException(
                    ("%s does not hold a key of %d bytes in Base64; restore it from a backup, or"
                                    + " delete it and enter the plugins' secrets again")
                            .formatted(keyFile, KEY_BYTES));
        }
        return new AesSettingsCipher(keyFile, key);
    }

    private static void create(Path keyFile) throws IOException {
        var folder = keyFile.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        var temporary = Files.createTempFile(folder, ".settings", ".tmp", OWNER_ONLY);
        try {
            Files.writeString(temporary, Base64.getEncoder().encodeToString(key) + "\n");
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            // A link, unlike a move, never replaces a key that another process made meanwhile.
            Files.createLink(keyFile, temporary);
        } catch (FileAlreadyExistsException _) {
            // Somebody else was first: theirs is the key.
        } finally {
            Files.delete(temporary);
        }
    }

    @Override
    public String encrypt(String purpose, String secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed =
                    cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(secret.getBytes(UTF_8));
            var text = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, text, NONCE_BYTES, sealed.length);
            return VERSION + Base64.getEncoder().encodeToString(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK can't encrypt with AES-GCM", e);
        }
    }

    @Override
    public String decrypt(String purpose, String text) {
        try {
            if (!text.startsWith(VERSION)) {
                throw new IllegalArgumentException("unknown form");
            }
            var sealed = Base64.getDecoder().decode(text.substring(VERSION.length()));
            if (sealed.length < NONCE_BYTES) {
                throw new IllegalArgumentException("too short");
            }
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            var opened =
                    cipher(Cipher.DECRYPT_MODE, purpose, nonce)
                            .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return new String(opened, UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The secret can't be decrypted with "
                            + keyFile.getFileName()
                            + "; restore that file, or enter the secret again",
                    e);
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(UTF_8));
        return cipher;
    }
}
