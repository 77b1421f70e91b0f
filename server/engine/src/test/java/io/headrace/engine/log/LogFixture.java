package io.headrace.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.engine.run.AttemptId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Logs below a directory of a test, at a fixed time. */
final class LogFixture implements AutoCloseable {

    static final AttemptId ATTEMPT = new AttemptId(123_456_789_012_345L);
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    final Logs logs;

    LogFixture(Path directory) {
        this(directory, LogSettings.DEFAULT);
    }

    LogFixture(Path directory, LogSettings settings) {
        logs = new Logs(directory, InstantSource.fixed(NOW), settings);
    }

    LogWriter open() throws IOException {
        return logs.open(ATTEMPT, Masker.NONE);
    }

    LogReader read() throws IOException {
        return logs.read(ATTEMPT).orElseThrow();
    }

    List<LogLine> lines() throws IOException {
        try (var reader = read()) {
            return reader.lines(1, Integer.MAX_VALUE);
        }
    }

    List<String> texts() throws IOException {
        return lines().stream().map(LogLine::text).toList();
    }

    byte[] download() throws IOException {
        try (var reader = read()) {
            var out = new ByteArrayOutputStream();
            reader.writeText(out);
            return out.toByteArray();
        }
    }

    static void print(StepOutput output, String text) {
        var bytes = text.getBytes(UTF_8);
        output.stdout(bytes, 0, bytes.length);
    }

    static void complain(StepOutput output, String text) {
        var bytes = text.getBytes(UTF_8);
        output.stderr(bytes, 0, bytes.length);
    }

    @Override
    public void close() {
        logs.close();
    }
}
