package io.headrace.engine.plugin;

/** Encrypts secret settings before they reach {@link PluginRecords}. Any thread. */
public interface SettingsCipher {

    /**
     * Returns {@code secret} encrypted, as text.
     *
     * @param purpose what the secret is for; decrypting needs the same text
     */
    String encrypt(String purpose, String secret);

    /**
     * Returns what was given to {@link #encrypt}.
     *
     * @throws IllegalArgumentException if {@code text} was not encrypted with this key for this
     *     purpose; the message says what to do and holds nothing of the secret
     */
    String decrypt(String purpose, String text);
}
