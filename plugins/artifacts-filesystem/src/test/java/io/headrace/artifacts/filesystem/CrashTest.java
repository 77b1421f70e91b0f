package io.headrace.artifacts.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.api.Setting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a crash, a damaged disk or a changed setting does to what is kept. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class CrashTest {

    private @TempDir Path data;

    @Test
    void whatWasNotWrittenToItsEndIsRemovedAtStart() throws Exception {
        var kept = Configured.store(data).put(text("kept"));
        Files.writeString(data.resolve("incoming/blob123"), "half of it");

        var store = Configured.store(data);

        assertThat(data.resolve("incoming")).isEmptyDirectory();
        assertThat(store.exists(kept.sha256())).isTrue();
    }

    @Test
    void settingsCanChangeWhileABlobIsWritten() throws Exception {
        var store = Configured.store(data);
        try (var in = new PipedInputStream()) {
            var put = new FutureTask<>(() -> store.put(in));
            try (var end = new PipedOutputStream(in)) {
                Thread.startVirtualThread(put);
                end.write('x');
                end.flush();
                Configured.configure(store, data, "quota", "10");
            }

            assertThat(put.get(20, TimeUnit.SECONDS).size()).isEqualTo(1);
        }
        assertThatThrownBy(() -> store.put(text("longer than ten bytes")))
                .hasMessageContaining("quota");
    }

    @Test
    void storingAgainRepairsWhatTheDiskDamaged() throws Exception {
        var store = Configured.store(data);
        var blob = store.put(text("precious"));
        Files.writeString(file(blob.sha256()), "prec");

        assertThatThrownBy(() -> read(store.open(blob.sha256(), 0, 8)))
                .hasMessageStartingWith("Blob " + blob.sha256() + " is damaged: its bytes hash to")
                .hasMessageEndingWith("run again what made it, or bring it back from a backup");
        store.put(text("precious"));

        assertThat(read(store.open(blob.sha256(), 0, 8))).isEqualTo("precious");
    }

    @Test
    void directoriesThatAreEmptyGo() throws Exception {
        var store = Configured.store(data);
        var blob = store.put(text("short-lived"));

        store.delete(blob.sha256());

        try (var left = Files.list(data)) {
            assertThat(left).containsExactly(data.resolve("incoming"));
        }
    }

    @Test
    void strangeFilesAreNotListed() throws Exception {
        var store = Configured.store(data);
        var blob = store.put(text("kept"));
        Files.writeString(data.resolve("README"), "hands off");
        Files.writeString(file(blob.sha256()).resolveSibling("notes"), "hands off");

        try (var all = store.list()) {
            assertThat(all).containsExactly(blob);
        }
    }

    @Test
    void onlyTheServerMayReadTheFiles() throws Exception {
        var blob = Configured.store(data).put(text("secret"));

        assertThat(Files.getPosixFilePermissions(file(blob.sha256())))
                .extracting(Enum::name)
                .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }

    @Test
    void theSettingsAreThese() {
        assertThat(new FileSystemArtifactStore().settings().settings())
                .extracting(Setting::name, Setting::defaultValue)
                .containsExactly(tuple("quota", "107374182400"), tuple("keep-free", "268435456"));
    }

    private Path file(String sha256) {
        return data.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4)).resolve(sha256);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(InputStream stream) throws IOException {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
