package io.headrace.engine.log;

import static io.headrace.engine.log.LogFixture.print;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes in comes out, however it is cut. */
class LogTextTest {

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

    @RepeatedTest(20)
    void anyBytesInAnyChunksComeOutAsTheyWere(RepetitionInfo repetition) throws Exception {
        var random = new Random(repetition.getCurrentRepetition());
        var bytes = bytes(random, 600_000);

        try (var log = fixture.open();
                var output = log.output(0)) {
            for (var at = 0; at < bytes.length; ) {
                var most = random.nextBoolean() ? 40 : 150_000;
                var length = Math.min(bytes.length - at, random.nextInt(most));
                output.stdout(bytes, at, length);
                at += length;
            }
        }

        var expected = new String(bytes, UTF_8);
        assertThat(fixture.download()).isEqualTo(bytes);
        var lines = fixture.lines();
        var joined =
                lines.stream()
                        .map(line -> line.continued() ? line.text() : line.text() + "\n")
                        .collect(Collectors.joining());
        assertThat(joined.equals(expected)).isTrue();
        assertThat(lines).extracting(LogLine::number).isSorted().doesNotHaveDuplicates();
        assertThat(lines.getLast().number()).isEqualTo(lines.size());
    }

    /** Mostly text of several alphabets, some long lines, ending with a line feed. */
    private static byte[] bytes(Random random, int size) {
        var text = new StringBuilder();
        while (text.length() < size) {
            var length = random.nextInt(50) == 0 ? random.nextInt(200_000) : random.nextInt(200);
            for (var i = 0; i < length; i++) {
                text.appendCodePoint(
                        switch (random.nextInt(8)) {
                            case 0 -> 0xe4;
                            case 1 -> 0x20ac;
                            case 2 -> 0x1f600;
                            case 3 -> '\r';
                            default -> 'a' + random.nextInt(26);
                        });
            }
            text.append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    @Test
    void aLineThatIsTooLongIsStoredInParts() throws Exception {
        var long1 = "ä".repeat(100_000);

        try (var log = fixture.open();
                var output = log.output(0)) {
            print(output, "x" + long1 + "\nshort\n");
        }

        var lines = fixture.lines();
        assertThat(lines)
                .extracting(LogLine::continued)
                .containsExactly(true, true, true, false, false);
        assertThat(lines.getFirst().text()).isEqualTo("x" + "ä".repeat(32_767));
        assertThat(lines.get(4).text()).isEqualTo("short");
        assertThat(new String(fixture.download(), UTF_8)).isEqualTo("x" + long1 + "\nshort\n");
    }

    @Test
    void theLongestLineThatIsNotCutHas65536Bytes() throws Exception {
        try (var log = fixture.open();
                var output = log.output(0)) {
            print(output, "a".repeat(65_536) + "\n" + "b".repeat(65_537) + "\n");
        }

        assertThat(fixture.lines())
                .extracting(line -> line.text().length() + (line.continued() ? "…" : ""))
                .containsExactly("65536", "65536…", "1");
    }

    @Test
    void aLineWithoutAnEndDoesNotFillTheMemory() throws Exception {
        var chunk = new byte[1 << 20];
        try (var log = fixture.open();
                var output = log.output(0)) {
            for (var i = 0; i < 64; i++) {
                output.stdout(chunk, 0, chunk.length);
            }
        }

        try (var reader = fixture.read()) {
            assertThat(reader.lines()).isEqualTo(1024);
            assertThat(reader.size()).isEqualTo((64L << 20) + 1);
        }
    }

    @Test
    void eachStreamKeepsItsOrderWhenBothAreWrittenAtOnce() throws Exception {
        var count = 20_000;
        try (var log = fixture.open();
                var output = log.output(0)) {
            var out = Thread.ofVirtual().start(() -> write(output, count, true));
            var err = Thread.ofVirtual().start(() -> write(output, count, false));
            out.join();
            err.join();
        }

        var lines = fixture.lines();
        assertThat(lines).hasSize(2 * count);
        for (var stream : new LogStream[] {LogStream.STDOUT, LogStream.STDERR}) {
            assertThat(
                            lines.stream()
                                    .filter(line -> line.stream() == stream)
                                    .map(line -> Integer.parseInt(line.text()))
                                    .toList())
                    .hasSize(count)
                    .isSorted();
        }
    }

    private static void write(StepOutput output, int count, boolean stdout) {
        var chunk = new ByteArrayOutputStream();
        for (var i = 0; i < count; i++) {
            chunk.writeBytes((i + "\n").getBytes(UTF_8));
            if (i % 7 == 0 || i == count - 1) {
                var bytes = chunk.toByteArray();
                var cut = bytes.length / 2;
                if (stdout) {
                    output.stdout(bytes, 0, cut);
                    output.stdout(bytes, cut, bytes.length - cut);
                } else {
                    output.stderr(bytes, 0, cut);
                    output.stderr(bytes, cut, bytes.length - cut);
                }
                chunk.reset();
            }
        }
    }
}
