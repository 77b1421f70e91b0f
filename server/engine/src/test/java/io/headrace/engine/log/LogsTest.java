package io.headrace.engine.log;

import static io.headrace.engine.log.LogFixture.ATTEMPT;
import static io.headrace.engine.log.LogFixture.NOW;
import static io.headrace.engine.log.LogFixture.complain;
import static io.headrace.engine.log.LogFixture.print;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

    private @TempDir Path directory;
    private LogFixture fixture;

    @BeforeEach
    void start() {
        fixture = new LogFixture(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aLineKnowsItsNumberTimeStreamAndStep() throws Exception {
        try (var log = fixture.open()) {
            log.line(LogLine.JOB, "Checked out 1a2b3c");
            try (var output = log.output(0)) {
                print(output, "compiling\n");
                complain(output, "warning: unused\n");
            }
        }

        assertThat(fixture.lines())
                .containsExactly(
                        new LogLine(1, NOW, LogStream.SYSTEM, -1, "Checked out 1a2b3c", false),
                        new LogLine(2, NOW, LogStream.STDOUT, 0, "compiling", false),
                        new LogLine(3, NOW, LogStream.STDERR, 0, "warning: unused", false));
    }

    @Test
    void aLineAppearsWhenItsEndIsThere() throws Exception {
        try (var log = fixture.open();
                var output = log.output(0)) {
            print(output, "10%\r20");
            assertThat(fixture.texts()).isEmpty();

            print(output, "%\ndone, and");
            assertThat(fixture.texts()).containsExactly("10%\r20%");
        }

        assertThat(fixture.texts()).containsExactly("10%\r20%", "done, and");
    }

    @Test
    void aLogThatIsWrittenCanBeRead() throws Exception {
        try (var log = fixture.open()) {
            log.line(0, "one\ntwo");
            try (var reader = fixture.read()) {
                log.line(0, "three");

                assertThat(reader.complete()).isFalse();
                assertThat(reader.lines()).isEqualTo(2);
                assertThat(reader.size()).isEqualTo(8);
            }
        }
        try (var reader = fixture.read()) {
            assertThat(reader.complete()).isTrue();
            assertThat(reader.lines()).isEqualTo(3);
        }
    }

    @Test
    void anEmptyLineIsALine() throws Exception {
        try (var log = fixture.open()) {
            log.line(0, "");
            try (var output = log.output(0)) {
                print(output, "\n\n");
            }
        }

        assertThat(fixture.texts()).containsExactly("", "", "");
    }

    @Test
    void bytesThatAreNoUtf8AreKeptForTheDownload() throws Exception {
        var bytes =
                new byte[] {'a', (byte) 0xff, (byte) 0xc3, '\n', (byte) 0xe2, (byte) 0x82, '\n'};
        try (var log = fixture.open();
                var output = log.output(0)) {
            output.stdout(bytes, 0, bytes.length);
        }

        assertThat(fixture.texts()).containsExactly("a\ufffd\ufffd", "\ufffd");
        assertThat(fixture.download()).isEqualTo(bytes);
    }

    @Test
    void stepsAreRangesOfLines() throws Exception {
        try (var log = fixture.open()) {
            log.line(LogLine.JOB, "start");
            log.line(0, "a\nb");
            log.line(1, "c");
            log.line(LogLine.JOB, "end");
            log.line(0, "again");
        }

        try (var reader = fixture.read()) {
            assertThat(reader.steps())
                    .containsExactly(
                            new StepRange(-1, 1, 1),
                            new StepRange(0, 2, 2),
                            new StepRange(1, 4, 1),
                            new StepRange(-1, 5, 1),
                            new StepRange(0, 6, 1));
            assertThat(reader.linesOfStep(0, 3, 10))
                    .extracting(LogLine::text)
                    .containsExactly("b", "again");
            assertThat(reader.linesOfStep(0, 1, 1)).extracting(LogLine::text).containsExactly("a");
        }
    }

    @Test
    void aLongLogIsReadFromAnyLineWhileWrittenAndCompressed() throws Exception {
        var log = fixture.open();
        for (var step = 0; step < 5; step++) {
            try (var output = log.output(step)) {
                print(output, numbered(1 + step * 20_000, 20_000));
            }
        }

        checkLongLog();
        log.close();
        fixture.close();
        assertThat(files()).singleElement().asString().endsWith(".logz");
        checkLongLog();
    }

    private void checkLongLog() throws Exception {
        try (var reader = fixture.read()) {
            assertThat(reader.lines()).isEqualTo(100_000);
            for (var from : new long[] {1, 2, 19_999, 20_001, 50_000, 77_777, 99_999}) {
                assertThat(reader.lines(from, 2))
                        .extracting(LogLine::number, LogLine::text)
                        .containsExactly(
                                tuple(from, "line " + from), tuple(from + 1, "line " + (from + 1)));
            }
            assertThat(reader.lines(100_000, 10)).hasSize(1);
            assertThat(reader.lines(100_001, 10)).isEmpty();
            assertThat(reader.steps())
                    .extracting(StepRange::firstLine)
                    .containsExactly(1L, 20_001L, 40_001L, 60_001L, 80_001L);
            assertThat(reader.linesOfStep(3, 1, 2))
                    .extracting(LogLine::text)
                    .containsExactly("line 60001", "line 60002");
        }
        assertThat(new String(fixture.download(), UTF_8)).isEqualTo(numbered(1, 100_000));
    }

    @Test
    void aReaderKeepsItsFileWhenTheLogIsCompressed() throws Exception {
        try (var log = fixture.open();
                var output = log.output(0)) {
            print(output, numbered(1, 100_000));
        }
        try (var reader = fixture.read()) {
            fixture.close();

            assertThat(reader.lines(70_000, 1))
                    .extracting(LogLine::text)
                    .containsExactly("line 70000");
        }
    }

    @Test
    void beyondItsLimitALogSaysThatItEnds() throws Exception {
        fixture = new LogFixture(directory, new LogSettings(1000, false));
        try (var log = fixture.open()) {
            try (var output = log.output(0)) {
                print(output, "x".repeat(900) + "\n");
                print(output, "y".repeat(900) + "\n");
                complain(output, "z\n");
            }
            log.line(LogLine.JOB, "Step failed");
        }

        assertThat(fixture.lines())
                .extracting(LogLine::text)
                .containsExactly(
                        "x".repeat(900),
                        "This log has reached its limit of 1,000 bytes. What the job prints from here"
                                + " on is NOT KEPT. Print less, or raise logs.max-size.",
                        "Step failed");
    }

    @Test
    void aLogIsWrittenByOneAtATimeAndOnce() throws Exception {
        try (var _ = fixture.open()) {
            assertThatThrownBy(fixture::open)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The log of " + ATTEMPT + " is being written");
        }

        assertThatThrownBy(fixture::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The log of " + ATTEMPT + " has ended");
    }

    @Test
    void aLogThatNobodyWroteIsNotThere() throws Exception {
        assertThat(fixture.logs.read(ATTEMPT)).isEmpty();
        assertThat(fixture.logs.delete(ATTEMPT)).isFalse();
    }

    @Test
    void aDeletedLogIsGone() throws Exception {
        try (var log = fixture.open();
                var output = log.output(0)) {
            print(output, numbered(1, 20_000));
        }

        assertThat(fixture.logs.delete(ATTEMPT)).isTrue();
        fixture.close();

        assertThat(fixture.logs.read(ATTEMPT)).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void anInterruptedThreadStillWrites() throws Exception {
        try (var log = fixture.open()) {
            Thread.currentThread().interrupt();
            log.line(0, "Cancelled by Ada");
            assertThat(Thread.interrupted()).isTrue();
            log.line(0, "over");
        }

        assertThat(fixture.texts()).containsExactly("Cancelled by Ada", "over");
    }

    @Test
    void aSearchFindsLines() throws Exception {
        try (var log = fixture.open();
                var output = log.output(0)) {
            print(output, numbered(1, 30_000));
            print(output, "BUILD Failed: Größe\n");
        }

        try (var reader = fixture.read()) {
            assertThat(reader.search(new LogQuery("line 2999", false), 1, 100).lines())
                    .extracting(LogLine::number)
                    .containsExactly(
                            2999L, 29_990L, 29_991L, 29_992L, 29_993L, 29_994L, 29_995L, 29_996L,
                            29_997L, 29_998L, 29_999L);
            var first = reader.search(new LogQuery("77", false), 5000, 2);
            assertThat(first.lines()).extracting(LogLine::number).containsExactly(5077L, 5177L);
            assertThat(reader.search(new LogQuery("77", false), first.next(), 1).lines())
                    .extracting(LogLine::number)
                    .containsExactly(5277L);
            assertThat(reader.search(new LogQuery("build failed", true), 1, 9).lines()).hasSize(1);
            assertThat(reader.search(new LogQuery("GRÖSSE", true), 1, 9).lines()).isEmpty();
            assertThat(reader.search(new LogQuery("GRÖ", true), 1, 9).lines()).hasSize(1);
            assertThat(reader.search(new LogQuery("build failed", false), 1, 9))
                    .isEqualTo(new LogMatches(List.of(), 0));
        }
    }

    private static String numbered(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> "line " + number + "\n")
                .collect(Collectors.joining());
    }

    private List<Path> files() throws Exception {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
