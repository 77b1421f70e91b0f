package io.headrace.engine.log;

import static io.headrace.engine.log.LogFixture.print;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.TimeId;
import io.headrace.engine.run.AttemptId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDisposalTest {

    private static final Instant START = Instant.parse("2026-08-01T08:00:00Z");

    private @TempDir Path directory;
    private Logs logs;

    @BeforeEach
    void start() {
        logs = new Logs(directory, InstantSource.fixed(START), LogSettings.DEFAULT);
    }

    @AfterEach
    void stop() {
        logs.close();
    }

    /** Makes an attempt of that time. */
    private static AttemptId attempt(Instant time) {
        return new AttemptId(new TimeId(InstantSource.fixed(time), 1).next());
    }

    /** Writes a log that was last written to at that time. */
    private AttemptId log(Instant begun, Instant ended) throws IOException {
        var attempt = attempt(begun);
        try (var log = logs.open(attempt, Masker.NONE);
                var output = log.output(0)) {
            print(output, "hello\n");
        }
        for (var file : files(attempt)) {
            Files.setLastModifiedTime(file, FileTime.from(ended));
        }
        return attempt;
    }

    private Set<Path> files(AttemptId attempt) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(attempt + "."))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void oldLogsAreDeletedWithTheirDirectories() throws IOException {
        var old = log(START, START);
        var recent = log(START.plus(Duration.ofDays(5)), START.plus(Duration.ofDays(5)));
        var tookLong = log(START.plusSeconds(1), START.plus(Duration.ofDays(5)));

        assertThat(logs.expire(START.plus(Duration.ofDays(1)))).isEqualTo(1);

        assertThat(logs.read(old)).isEmpty();
        assertThat(files(recent)).hasSize(1);
        assertThat(files(tookLong)).hasSize(1);
        assertThat(logs.expire(START.plus(Duration.ofDays(9)))).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLogThatIsWrittenIsLeftAlone() throws IOException {
        var attempt = attempt(START);
        try (var log = logs.open(attempt, Masker.NONE)) {
            log.line(LogLine.JOB, "hello");

            for (var file : files(attempt)) {
                Files.setLastModifiedTime(file, FileTime.from(START));
            }
            assertThat(logs.expire(START.plus(Duration.ofDays(1)))).isZero();
            assertThat(logs.sweep(all -> all)).isZero();
            assertThat(logs.deleteUnlessWritten(Set.of(attempt))).containsExactly(attempt);
        }

        assertThat(logs.read(attempt)).isPresent();
    }

    @Test
    void logsThatBelongToNothingAreDeleted() throws IOException {
        var kept = log(START, START);
        var stray = log(START.plus(Duration.ofDays(1)), START);
        Files.writeString(directory.resolve("notes.txt"), "not ours");
        // These look like ours, but 'l', 'o' and 'u' are no digits of ids.
        Files.createDirectories(directory.resolve("0lo/ul"));
        Files.writeString(
                files(kept).iterator().next().resolveSibling("0123456789olu.log"), "not ours");

        assertThat(logs.sweep(all -> without(all, kept))).isEqualTo(1);

        assertThat(logs.read(stray)).isEmpty();
        assertThat(files(kept)).hasSize(1);
        assertThat(directory.resolve("notes.txt")).exists();
        assertThat(directory.resolve("0lo/ul")).exists();
    }

    private static Set<AttemptId> without(Set<AttemptId> all, AttemptId one) {
        return all.stream().filter(id -> !id.equals(one)).collect(Collectors.toSet());
    }
}
