package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AesSettingsCipherTest {

    private @TempDir Path folder;

    private AesSettingsCipher cipher() throws IOException {
        return AesSettingsCipher.at(folder.resolve("secrets/settings.key"));
    }

    @Test
    void whatWasEncryptedIsDecryptedAfterARestart() throws IOException {
        var text = cipher().encrypt("a#b", "s3cret");

        assertThat(text).doesNotContain("s3cret").isNotEqualTo(cipher().encrypt("a#b", "s3cret"));
        assertThat(cipher().decrypt("a#b", text)).isEqualTo("s3cret");
    }

    @Test
    void onlyTheServerMayReadTheKey() throws IOException {
        cipher();

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        folder.resolve("secrets/settings.key"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder.resolve("secrets"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aSecretCantBeMovedToAnotherPurposeOrChanged() throws IOException {
        var text = cipher().encrypt("a#b", "s3cret");
        var other = text.charAt(10) == 'A' ? 'B' : 'A';
        var changed = text.substring(0, 10) + other + text.substring(11);

        for (var wrong : new String[] {changed, "v1:", "v2:abc", "s3cret", "v1:%%"}) {
            assertThatThrownBy(() -> cipher().decrypt("a#b", wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "The secret can't be decrypted with settings.key; restore that file, or"
                                    + " enter the secret again");
        }
        assertThatThrownBy(() -> cipher().decrypt("a#c", text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDamagedKeyIsNeverReplacedInSilence() throws IOException {
        var file = folder.resolve("settings.key");
        Files.writeString(file, "oops");

        assertThatThrownBy(() -> AesSettingsCipher.at(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file
                                + " does not hold a key of 32 bytes in Base64; restore it from a"
                                + " backup, or delete it and enter the plugins' secrets again");
    }
}
