package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that is soon full, mounted for a test; it needs root, and skips the test without. */
final class SmallDisk implements AutoCloseable {

    private final Path place;
    private final Path others;

    private SmallDisk(Path place) {
        this.place = place;
        this.others = place.resolve("others");
    }

    /**
     * Mounts one.
     *
     * @param size as mount has it, such as {@code 8m}
     */
    static SmallDisk mount(Path place, String size) throws IOException {
        Files.createDirectories(place);
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", place.toString()))
                .as("mounting a small disk needs root")
                .isZero();
        return new SmallDisk(place);
    }

    /** Takes all the space that is left, as others would. */
    void fill() throws IOException {
        var block = new byte[4096];
        try (var out = Files.newOutputStream(others)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Gives the space back. */
    void free() throws IOException {
        Files.deleteIfExists(others);
    }

    @Override
    public void close() throws IOException {
        assertThat(run("umount", place.toString())).isZero();
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    }
}
