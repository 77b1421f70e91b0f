package io.headrace.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.Retention;
import io.headrace.engine.TimeId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import io.headrace.language.Plan;
import io.headrace.language.Plan.Artifact.When;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactDisposalTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private @TempDir Path workspace;
    private @TempDir Path blobs;
    private final MemoryCatalog catalog = new MemoryCatalog();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private FolderStore store;
    private Artifacts artifacts;
    private ArtifactDisposal disposal;

    @BeforeEach
    void start() {
        store = new FolderStore(blobs);
        artifacts =
                new Artifacts(
                        () -> store, catalog, new TimeId(now::get, 0), Retention.DEFAULT, now::get);
        disposal = artifacts.disposal();
    }

    private Artifact collect(long run, String text, @Nullable Integer days) throws Exception {
        Files.writeString(workspace.resolve("a.txt"), text);
        return artifacts
                .collect(
                        new Artifacts.Source(
                                new RunId(run), new JobId(run), new AttemptId(run), "build"),
                        List.of(new Plan.Artifact("out", List.of("*.txt"), When.ALWAYS, days)),
                        true,
                        new FolderPlace(workspace),
                        UnaryOperator.identity(),
                        _ -> {})
                .getFirst();
    }

    private Artifact again(Artifact artifact) {
        return artifacts.find(artifact.id()).orElseThrow();
    }

    @Test
    void bytesGoWhenTheirTimeIsOver() throws Exception {
        var brief = collect(1, "brief", 1);
        var plain = collect(2, "plain", null);
        var lasting = collect(3, "lasting", 365);

        now.set(START.plus(Duration.ofDays(31)));
        var expired = disposal.expire();

        assertThat(expired).isEqualTo(2);
        assertThat(store.exists(brief.sha256())).isFalse();
        assertThat(store.exists(plain.sha256())).isFalse();
        assertThat(store.exists(lasting.sha256())).isTrue();
        assertThat(artifacts.expiry(plain)).isEqualTo(START.plus(Duration.ofDays(30)));
        assertThat(again(plain).expired()).isTrue();
        assertThatThrownBy(() -> artifacts.open(again(plain), 0, 5))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "'a.txt' of artifact 'out' has expired, and its content is deleted; run the job again to make it anew");
    }

    @Test
    void bytesStayAsLongAsAnArtifactHasThem() throws Exception {
        var first = collect(1, "same", 1);
        var second = collect(2, "same", 3);

        now.set(START.plus(Duration.ofDays(2)));
        disposal.expire();

        assertThat(again(first).expired()).isTrue();
        assertThat(again(second).expired()).isFalse();
        assertThat(store.exists(second.sha256())).isTrue();
        now.set(START.plus(Duration.ofDays(4)));
        disposal.expire();
        assertThat(store.exists(second.sha256())).isFalse();
    }

    @Test
    void bytesThatNothingRefersToAreFound() throws Exception {
        var kept = collect(1, "kept", null);
        var stray = stray("stray");

        assertThat(disposal.sweep()).isEqualTo(1);

        assertThat(store.exists(stray)).isFalse();
        assertThat(store.exists(kept.sha256())).isTrue();
    }

    private String stray(String text) throws IOException {
        return store.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).sha256();
    }

    /** The bytes are there, and nothing in the database says so yet. */
    @Test
    void whatAJobIsJustKeepingIsNotDeleted() throws Exception {
        var stored = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        catalog.beforeAdd =
                () -> {
                    stored.countDown();
                    await(goOn);
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var collecting = threads.submit(() -> collect(1, "new", null));
            await(stored);

            assertThat(disposal.sweep()).isZero();
            goOn.countDown();

            var kept = collecting.get(30, TimeUnit.SECONDS);
            assertThat(store.exists(kept.sha256())).isTrue();
        }
    }

    /** The other way round: they are deleted in the moment before anybody holds them. */
    @Test
    void whatIsDeletedWhileAJobStoresItIsStoredAgain() throws Exception {
        var times = new AtomicInteger();
        store.afterPut =
                () -> {
                    if (times.getAndIncrement() == 0) {
                        sweep();
                    }
                };

        var kept = collect(1, "same", null);

        assertThat(times).hasValue(2);
        assertThat(store.exists(kept.sha256())).isTrue();
        assertThat(catalog.rows).containsExactly(kept);
    }

    /** The deletion has begun, and ends only after the same content was stored. */
    @Test
    void whoStoresWaitsForADeletionThatHasBegun() throws Exception {
        var sha256 = stray("same");
        var deleting = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        store.beforeDelete =
                () -> {
                    deleting.countDown();
                    await(goOn);
                };
        store.afterPut = goOn::countDown;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sweep = CompletableFuture.runAsync(this::sweep, threads);
            await(deleting);

            var kept = collect(1, "same", null);

            assertThat(sweep).succeedsWithin(Duration.ofSeconds(30));
            assertThat(kept.sha256()).isEqualTo(sha256);
            assertThat(store.exists(sha256)).isTrue();
        }
    }

    private void sweep() {
        try {
            disposal.sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
