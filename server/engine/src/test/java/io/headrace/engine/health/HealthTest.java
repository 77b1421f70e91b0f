package io.headrace.engine.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionRequest;
import io.headrace.api.Executor;
import io.headrace.engine.StoreException;
import io.headrace.engine.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {

    private @TempDir Path directory;
    private final AtomicInteger looks = new AtomicInteger();
    private int dead;

    private Health health(Runnable ping, Path logs, Supplier<Optional<String>> docker) {
        return new Health(
                ping,
                () -> new RunStore.Depth(3, 2, null),
                () -> dead,
                List::of,
                Map.of("logs", logs),
                () -> List.of(new Docker(docker)));
    }

    /** Can be asked, and runs nothing. */
    private final class Docker implements Executor {

        private final Supplier<Optional<String>> trouble;

        Docker(Supplier<Optional<String>> trouble) {
            this.trouble = trouble;
        }

        @Override
        public String type() {
            return "docker";
        }

        @Override
        public boolean runsImages() {
            return true;
        }

        @Override
        public Optional<String> unavailable() {
            looks.incrementAndGet();
            return trouble.get();
        }

        @Override
        public Execution open(ExecutionRequest request) {
            throw new AssertionError("Nobody should run anything");
        }

        @Override
        public int sweep(String installation, Predicate<String> isLive) {
            throw new AssertionError("Nobody should sweep");
        }
    }

    private static Part part(Map<String, Part> parts, String name) {
        return Objects.requireNonNull(parts.get(name));
    }

    @Test
    void allIsWell() {
        var parts = health(() -> {}, directory, Optional::empty).look();

        assertThat(parts.keySet())
                .containsExactly("database", "logs", "worker", "queue", "dead-letters", "docker");
        assertThat(parts.values()).extracting(Part::state).containsOnly(Part.State.UP);
        assertThat(part(parts, "queue").words()).isEqualTo("3 queued, 2 running");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void manyDeadLettersAreAWarning() {
        dead = 9;
        var health = health(() -> {}, directory, Optional::empty);
        assertThat(part(health.look(), "dead-letters").words()).isEqualTo("9 open");

        dead = 10;

        assertThat(health.look())
                .containsEntry(
                        "dead-letters",
                        Part.warn(
                                "10 open; see the page 'Queue', or: headrace dead-letters groups"));
    }

    @Test
    void aDatabaseThatIsAwayOrADiskThatCantBeWrittenToIsDown() {
        var health =
                health(
                        () -> {
                            throw new StoreException("The database is closed");
                        },
                        directory.resolve("gone"),
                        Optional::empty);

        var parts = health.look();

        assertThat(part(parts, "database").state()).isEqualTo(Part.State.DOWN);
        assertThat(parts.get("logs"))
                .isEqualTo(
                        Part.down("The directory can't be written to; the server's log says more"));
        assertThat(parts).doesNotContainKey("queue");
    }

    /** Jobs without an image run all the same. */
    @Test
    void anExecutorThatCantRunIsAWarning() {
        var parts = health(() -> {}, directory, () -> Optional.of("Start it")).look();

        assertThat(parts.get("docker")).isEqualTo(Part.warn("Start it"));
    }

    @Test
    void anExecutorThatThrowsIsAWarningOfItsOwn() {
        var parts =
                health(
                                () -> {},
                                directory,
                                () -> {
                                    throw new IllegalStateException("a defect of the plugin");
                                })
                        .look();

        assertThat(parts.get("docker"))
                .isEqualTo(Part.warn("It can't say how it is; the server's log says more"));
        assertThat(parts).doesNotContainKey("executors");
    }

    @Test
    void nothingIsLeftOnADiskThatIsFull() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", directory.toString()))
                .as("mounting a small disk needs root")
                .isZero();
        try {
            var all = directory.resolve("all");
            assertThatThrownBy(() -> Files.write(all, new byte[64 << 10]))
                    .isInstanceOf(IOException.class);

            var parts = health(() -> {}, directory, Optional::empty).look();

            assertThat(part(parts, "logs").state()).isEqualTo(Part.State.DOWN);
            assertThat(directory).isDirectoryNotContaining(file -> !file.equals(all));
        } finally {
            assertThat(run("umount", directory.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void whoAsksOftenCostsNothing() {
        var health = health(() -> {}, directory, Optional::empty);

        for (var i = 0; i < 100; i++) {
            health.look();
        }

        assertThat(looks).hasValueLessThan(10);
    }

    @Test
    void anExecutorThatHangsIsAWarningAndIsNotAskedTwice() {
        var end = new CountDownLatch(1);
        var health =
                health(
                        () -> {},
                        directory,
                        () -> {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return Optional.empty();
                        });

        var first = health.look();
        var second = health.look();
        end.countDown();

        assertThat(part(first, "executors").words())
                .isEqualTo("They do not answer within 3 seconds");
        assertThat(part(second, "executors").state()).isEqualTo(Part.State.WARN);
        assertThat(looks).hasValue(1);
    }
}
