package io.headrace.artifacts.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.headrace.api.StorageFullException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    private static final int MIB = 1 << 20;

    private @TempDir Path data;

    @Test
    void theQuotaIsKept() throws Exception {
        var store = Configured.store(data, "quota", "3145728");
        store.put(bytes(2, MIB));

        assertThatThrownBy(() -> store.put(bytes(3, 2 * MIB + 1)))
                .isInstanceOf(StorageFullException.class)
                .hasMessage(
                        "No room for the artifact: all artifacts together may take 3072 KiB, and"
                                + " 1024 KiB are taken; delete old runs, or raise the quota of the"
                                + " artifact store");

        assertNothingIncoming();
        assertThat(store.put(bytes(4, 2 * MIB)).size()).isEqualTo(2 * MIB);
    }

    @Test
    void theQuotaCountsWhatIsThereAtStart() throws Exception {
        Configured.store(data).put(bytes(1, 2 * MIB));

        var store = Configured.store(data, "quota", "3145728");

        assertThatThrownBy(() -> store.put(bytes(2, 2 * MIB)))
                .isInstanceOf(StorageFullException.class);
    }

    @Test
    void whatIsDeletedOrStoredTwiceDoesNotCount() throws Exception {
        var store = Configured.store(data, "quota", "3145728");
        for (var i = 0; i < 5; i++) {
            store.put(bytes(1, MIB));
        }
        var second = store.put(bytes(2, MIB));
        store.delete(second.sha256());

        assertThat(store.put(bytes(3, 2 * MIB)).size()).isEqualTo(2 * MIB);
    }

    @Test
    void someOfTheDiskStaysFree() throws Exception {
        var store = Configured.store(data, "keep-free", Long.toString(Long.MAX_VALUE / 2));

        assertThatThrownBy(() -> store.put(bytes(1, MIB)))
                .isInstanceOf(StorageFullException.class)
                .hasMessageContaining("are free on the disk of " + data)
                .hasMessageContaining("lower 'keep-free'");

        assertNothingIncoming();
    }

    @Test
    void aDiskThatIsFullAllTheSameLosesNothing() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", data.toString()))
                .as("mounting a small disk needs root; only the quota was tested")
                .isZero();
        try {
            var store = Configured.store(data, "keep-free", "0");
            var kept = store.put(bytes(1, 2 * MIB));

            // Room is looked for every 4 MiB; others fill the disk between two looks.
            Files.write(data.resolve("others"), new byte[4 * MIB]);
            assertThatThrownBy(() -> store.put(bytes(2, 3 * MIB)))
                    .isInstanceOf(StorageFullException.class)
                    .hasMessageContaining("are free on the disk of " + data);

            assertNothingIncoming();
            try (var in = store.open(kept.sha256(), 0, kept.size())) {
                assertThat(in.readAllBytes()).hasSize(2 * MIB);
            }
            Files.delete(data.resolve("others"));
            assertThat(store.put(bytes(3, 3 * MIB)).size()).isEqualTo(3 * MIB);
        } finally {
            assertThat(run("umount", data.toString())).isZero();
        }
    }

    private void assertNothingIncoming() throws IOException {
        assertThat(data.resolve("incoming")).isEmptyDirectory();
    }

    private static InputStream bytes(int seed, int size) {
        var bytes = new byte[size];
        bytes[0] = (byte) seed;
        return new ByteArrayInputStream(bytes);
    }

    private static int run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var code = process.waitFor();
        if (code != 0) {
            System.err.println(String.join(" ", command) + ": " + output);
        }
        return code;
    }
}
