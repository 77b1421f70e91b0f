package io.headrace.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.backup.TarOfFolder.Owner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarOfFolderTest {

    private @TempDir Path directory;

    @Test
    void filesComeBackWithTheirTimesAndTheRightToRun() throws IOException {
        var from = Files.createDirectories(directory.resolve("from/deep/ä"));
        var name = "long-".repeat(40) + ".log";
        Files.writeString(from.resolve(name), "text");
        Files.setLastModifiedTime(
                from.resolve(name), FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
        Files.writeString(directory.resolve("from/tool"), "#!/bin/sh");
        assertThat(directory.resolve("from/tool").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(directory.resolve("from/link"), Path.of("/etc/passwd"));
        var out = new ByteArrayOutputStream();

        assertThat(TarOfFolder.write(directory.resolve("from"), out)).isEqualTo(2);
        var to = directory.resolve("to");
        assertThat(read(out.toByteArray(), to)).isEqualTo(2);

        var copy = to.resolve("deep/ä").resolve(name);
        assertThat(copy).hasContent("text");
        assertThat(Files.getLastModifiedTime(copy).toInstant())
                .isEqualTo(Instant.parse("2020-02-02T02:02:02Z"));
        assertThat(to.resolve("tool")).isExecutable();
        assertThat(to.resolve("link")).doesNotExist();
    }

    @Test
    void keysAreReadableToTheirOwnerAlone() throws IOException {
        Files.writeString(directory.resolve("key"), "k");
        var out = new ByteArrayOutputStream();
        TarOfFolder.write(directory, out);

        TarOfFolder.read(
                new ByteArrayInputStream(out.toByteArray()), directory.resolve("to"), Owner.ALONE);

        assertThat(Files.getPosixFilePermissions(directory.resolve("to/key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFolderThatIsNotThereIsEmpty() throws IOException {
        assertThat(TarOfFolder.write(directory.resolve("none"), new ByteArrayOutputStream()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/../../out", "/out", "a\\..\\out", "a//b", "./a"})
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        var tar = tar(new TarArchiveEntry(name, true));

        assertThatThrownBy(() -> read(tar, directory.resolve("to")))
                .isInstanceOf(Refused.class)
                .hasMessage("The backup holds '%s', which is no file of ours".formatted(name));
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void aLinkIsRefused() throws IOException {
        var link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
        link.setLinkName("/etc/passwd");
        var tar = tar(link);

        assertThatThrownBy(() -> read(tar, directory.resolve("to")))
                .hasMessage("The backup holds 'link', which is no file of ours");
    }

    private static byte[] tar(TarArchiveEntry entry) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static long read(byte[] tar, Path folder) throws IOException {
        return TarOfFolder.read(new ByteArrayInputStream(tar), folder, Owner.AND_OTHERS);
    }
}
