package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ArtifactStore.Blob;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ArtifactStore} promises. Extend it, say how to build yours, and run. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ArtifactStoreContract {

    private static final String HELLO =
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String NONE = "0".repeat(64);

    private @Nullable ArtifactStore store;

    /** Returns an empty store, configured. Called once for each test. */
    protected abstract ArtifactStore store() throws Exception;

    /**
     * Damages what is kept of a blob without changing its size; returns false if this can't be
     * done.
     */
    protected abstract boolean corrupt(String sha256) throws Exception;

    @BeforeEach
    final void make() throws Exception {
        store = store();
    }

    @Test
    void hasATypeThatNeverChanges() {
        assertThat(kept().type()).matches("[a-z][a-z0-9-]*").isEqualTo(kept().type());
    }

    @Test
    void addressesBytesByTheirHash() throws Exception {
        assertThat(put("hello")).isEqualTo(new Blob(HELLO, 5));

        assertThat(kept().exists(HELLO)).isTrue();
        assertThat(read(HELLO, 0, 5)).isEqualTo("hello");
        assertThat(read(HELLO, 0, Long.MAX_VALUE)).isEqualTo("hello");
    }

    @Test
    void keepsNothingAtAllAsWell() throws Exception {
        var empty = put("");

        assertThat(empty.size()).isZero();
        assertThat(read(empty.sha256(), 0, 10)).isEmpty();
    }

    @Test
    void keepsEqualBytesOnce() throws Exception {
        assertThat(put("hello")).isEqualTo(put("hello"));

        assertThat(list()).containsExactly(new Blob(HELLO, 5));
    }

    @Test
    void opensARange() throws Exception {
        put("hello");

        assertThat(read(HELLO, 1, 3)).isEqualTo("ell");
        assertThat(read(HELLO, 3, 100)).isEqualTo("lo");
        assertThat(read(HELLO, 5, 1)).isEmpty();
        assertThat(read(HELLO, 2, 0)).isEmpty();
    }

    @Test
    void refusesARangeThatIsNone() throws Exception {
        put("hello");

        for (var range : List.of(List.of(-1L, 1L), List.of(6L, 1L), List.of(0L, -1L))) {
            assertThatThrownBy(() -> kept().open(HELLO, range.get(0), range.get(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void saysThatThereIsNoSuchBlob() throws Exception {
        assertThat(kept().exists(NONE)).isFalse();
        assertThat(kept().delete(NONE)).isFalse();
        assertThatThrownBy(() -> kept().open(NONE, 0, 1)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesWhatIsNoHash() {
        for (var name : List.of("", "../../etc/passwd", HELLO.toUpperCase(Locale.ROOT))) {
            assertThatThrownBy(() -> kept().open(name, 0, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> kept().exists(name))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> kept().delete(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void deletes() throws Exception {
        put("hello");

        assertThat(kept().delete(HELLO)).isTrue();

        assertThat(kept().exists(HELLO)).isFalse();
        assertThat(kept().delete(HELLO)).isFalse();
        assertThat(list()).isEmpty();
        assertThat(put("hello")).isEqualTo(new Blob(HELLO, 5));
        assertThat(read(HELLO, 0, 5)).isEqualTo("hello");
    }

    @Test
    void listsAll() throws Exception {
        var blobs = new ArrayList<Blob>();
        for (var i = 0; i < 50; i++) {
            blobs.add(put("blob " + i));
        }

        assertThat(list()).containsExactlyInAnyOrderElementsOf(blobs);
    }

    @Test
    void keepsLargeOnesWithoutHoldingThem() throws Exception {
        var size = 64L << 20;

        var blob = kept().put(noise(size));

        assertThat(blob.size()).isEqualTo(size);
        assertThat(blob.sha256()).isEqualTo(hash(noise(size)));
        try (var in = kept().open(blob.sha256(), 0, size)) {
            assertThat(hash(in)).isEqualTo(blob.sha256());
        }
    }

    @Test
    void leavesNothingOfWhatCouldNotBeRead() throws Exception {
        var failing =
                new FilterInputStream(noise(1_000_000)) {
                    private int reads;

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        if (reads++ == 3) {
                            throw new IOException("the sender went away");
                        }
                        return super.read(bytes, offset, Math.min(length, 1000));
                    }
                };

        assertThatThrownBy(() -> kept().put(failing)).hasMessage("the sender went away");

        assertThat(list()).isEmpty();
    }

    @Test
    void noticesDamageWhenABlobIsReadWhole() throws Exception {
        put("hello");
        if (!corrupt(HELLO)) {
            return;
        }

        assertThatThrownBy(() -> read(HELLO, 0, 5))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(HELLO);
        assertThat(read(HELLO, 0, 2)).hasSize(2);
    }

    @Test
    void takesTheSameBytesFromManyAtOnce() throws Exception {
        var running = new ArrayList<FutureTask<Blob>>();
        for (var i = 0; i < 16; i++) {
            var task = new FutureTask<>(() -> kept().put(noise(1 << 20)));
            Thread.startVirtualThread(task);
            running.add(task);
        }

        for (var task : running) {
            assertThat(task.get()).isEqualTo(running.getFirst().get());
        }
        assertThat(list()).hasSize(1);
    }

    private Blob put(String text) throws IOException {
        return kept().put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(String sha256, long offset, long length) throws IOException {
        try (var in = kept().open(sha256, offset, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<Blob> list() throws IOException {
        try (var all = kept().list()) {
            return all.toList();
        }
    }

    /** The same bytes each time; made on the way, so that a test can have more than memory. */
    private static InputStream noise(long size) {
        var block = new byte[100_003];
        new Random(1).nextBytes(block);
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                return at == size ? -1 : block[(int) (at++ % block.length)] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (at == size) {
                    return -1;
                }
                var from = (int) (at % block.length);
                var count = (int) Math.min(Math.min(length, block.length - from), size - at);
                System.arraycopy(block, from, bytes, offset, count);
                at += count;
                return count;
            }
        };
    }

    private static String hash(InputStream in) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var buffer = new byte[65536];
        int length;
        while ((length = in.read(buffer)) >= 0) {
            digest.update(buffer, 0, length);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private ArtifactStore kept() {
        return Objects.requireNonNull(store);
    }
}
