package io.headrace.engine.log;

import static io.headrace.engine.log.LogFixture.ATTEMPT;
import static io.headrace.engine.log.LogFixture.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a log when the server dies, or its disk fails. */
class LogRecoveryTest {

    private @TempDir Path first;
    private @TempDir Path second;

    @Test
    void aLogGoesOnWhereTheServerDied() throws Exception {
        try (var before = new LogFixture(first);
                var log = before.open()) {
            log.line(0, "before");
            copyFiles();
        }

        try (var after = new LogFixture(second)) {
            try (var reader = after.read()) {
                assertThat(reader.complete()).isFalse();
                assertThat(reader.lines()).isEqualTo(1);
            }
            try (var log = after.open()) {
                log.line(LogLine.JOB, "The server was restarted");
            }

            assertThat(after.lines())
                    .extracting(LogLine::number, LogLine::text)
                    .containsExactly(tuple(1L, "before"), tuple(2L, "The server was restarted"));
        }
    }

    @Test
    void whateverIsTornIsCutOff() throws Exception {
        try (var before = new LogFixture(first);
                var log = before.open()) {
            log.line(0, "one");
            log.line(0, "two");
            copyFiles();
        }
        var file = file(second, ".live");
        var whole = Files.readAllBytes(file);

        for (var length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            // What a file system leaves after a loss of power: the right length, and zeros.
            var zeros = whole.length - length;
            checkPrefix(length, whole.length);
            Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, length), length + zeros));
            checkPrefix(length, whole.length);
        }
    }

    private void checkPrefix(int length, int whole) throws IOException {
        var firstEnd = Batch.FILE_HEADER + Batch.HEADER + "one\n".length();
        assertThat(whole).isEqualTo(firstEnd + Batch.HEADER + "two\n".length());
        try (var after = new LogFixture(second)) {
            try (var log = after.open()) {
                log.line(0, "more");
            }
            if (length < firstEnd) {
                assertThat(after.texts()).containsExactly("more");
            } else {
                assertThat(after.texts()).containsExactly("one", "more");
            }
            after.logs.delete(ATTEMPT);
        }
    }

    @Test
    void aLongLogIsMendedFromItsIndex() throws Exception {
        try (var before = new LogFixture(first);
                var log = before.open()) {
            for (var step = 0; step < 4; step++) {
                try (var output = log.output(step)) {
                    for (var i = 0; i < 1_000; i++) {
                        print(output, "line " + i + " " + "x".repeat(100) + "\n");
                    }
                }
            }
            copyFiles();
        }
        try (var file = new RandomAccessFile(file(second, ".live").toFile(), "rw")) {
            file.setLength(file.length() - 5);
        }

        for (var index : new int[] {Integer.MAX_VALUE, 40, 0}) {
            try (var file = new RandomAccessFile(file(second, ".idx").toFile(), "rw")) {
                file.setLength(Math.min(file.length(), index));
            }
            try (var after = new LogFixture(second);
                    var reader = after.read()) {
                assertThat(reader.lines()).isEqualTo(3_999);
                assertThat(reader.steps())
                        .containsExactly(
                                new StepRange(0, 1, 1_000),
                                new StepRange(1, 1_001, 1_000),
                                new StepRange(2, 2_001, 1_000),
                                new StepRange(3, 3_001, 999));
                assertThat(reader.lines(3_998, 5)).hasSize(2);
            }
        }
        try (var after = new LogFixture(second)) {
            try (var log = after.open()) {
                log.line(4, "on it goes");
            }
            try (var reader = after.read()) {
                assertThat(reader.complete()).isTrue();
                assertThat(reader.lines()).isEqualTo(4_000);
                assertThat(reader.lines(4_000, 1))
                        .extracting(LogLine::text)
                        .containsExactly("on it goes");
                assertThat(reader.steps()).hasSize(5);
            }
        }
    }

    @Test
    void outputCannotPassForTheEndOfALog() throws Exception {
        try (var before = new LogFixture(first);
                var log = before.open()) {
            var forged = Batch.end(1_000_000, 5, 0);
            try (var output = log.output(0)) {
                output.stdout(forged, 0, forged.length);
            }
            log.line(0, "after");
            copyFiles();
        }

        try (var after = new LogFixture(second);
                var reader = after.read()) {
            assertThat(reader.complete()).isFalse();
            assertThat(reader.lines(reader.lines(), 1))
                    .extracting(LogLine::text)
                    .containsExactly("after");
        }
    }

    @Test
    void damageIsReportedWithItsPlace() throws Exception {
        try (var fixture = new LogFixture(first)) {
            try (var log = fixture.open()) {
                log.line(0, "one");
                log.line(0, "two");
            }
            try (var file = new RandomAccessFile(file(first, ".log").toFile(), "rw")) {
                file.seek(Batch.FILE_HEADER + 2 * Batch.HEADER + 5);
                file.write('T');
            }

            try (var reader = fixture.read()) {
                assertThat(reader.lines(1, 1)).hasSize(1);
                assertThatThrownBy(() -> reader.lines(1, 2))
                        .hasMessage(
                                "This log is damaged after its line 1 (byte 48). Its lines up to"
                                        + " there can be read.");
            }
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidAloud() throws Exception {
        var place = LogPlace.of(first, ATTEMPT);
        Files.createDirectories(place.directory());
        // Writing to this device fails as on a full disk.
        var log =
                new BatchFile(
                        place,
                        InstantSource.system(),
                        LogSettings.DEFAULT,
                        new Tail(),
                        new RandomAccessFile("/dev/full", "rw"),
                        new IndexWriter(place.index()),
                        LogState.EMPTY);

        assertThat(log.say(0, "lost")).isFalse();
        assertThatThrownBy(log::close)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Not all of the log could be kept: ")
                .hasMessageEndingWith("then run the job again.");
    }

    private void copyFiles() throws IOException {
        try (var all = Files.walk(first)) {
            for (var from : all.toList()) {
                var to = second.resolve(first.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                }
            }
        }
    }

    private static Path file(Path directory, String suffix) throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
        }
    }
}
