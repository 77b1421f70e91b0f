package io.headrace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start with a recorded cache: the whole server on the class path of a JVM that replaced another.
 */
class FastStartTest {

    private static final String ON = "-Dheadrace.fast-start=on";
    private static final Duration STOP = Duration.ofSeconds(60);

    @TempDir private static Path home;

    @BeforeAll
    static void prepare() throws IOException, InterruptedException {
        ServerProcess.prepare(home);
    }

    @Test
    void theSameProcessGoesOnWithTheCacheAndEndsWhenAsked() throws IOException {
        try (var server = ServerProcess.selfStarted(home, ON)) {
            assertThat(commandOf(server)).contains("-XX:AOTCache=" + cache());
            assertThat(Files.readString(Path.of("/proc", Long.toString(server.pid()), "maps")))
                    .contains(cache().getFileName().toString());

            assertThat(server.stop(STOP)).isTrue();

            assertThat(server.process().exitValue()).isEqualTo(128 + 15);
            assertThat(server.log()).content().contains("Headrace has stopped");
            assertThat(trial()).doesNotExist();
        }
    }

    @Test
    void aPortInUseIsToldAsEver() throws Exception {
        try (var server = ServerProcess.selfStarted(home, ON)) {
            var port = server.url().substring(server.url().lastIndexOf(':') + 1);
            var second =
                    new ProcessBuilder(
                                    Build.java().toString(),
                                    "-Xms32m",
                                    "-Xmx512m",
                                    "-XX:+UseSerialGC",
                                    "-XX:+UseCompactObjectHeaders",
                                    "-jar",
                                    Build.war().toString(),
                                    "--port",
                                    port,
                                    "--home",
                                    home.toString())
                            .redirectErrorStream(true)
                            .start();
            var said = new String(second.getInputStream().readAllBytes(), UTF_8);

            assertThat(second.waitFor()).isEqualTo(4);
            assertThat(said)
                    .contains("Headrace can't listen on 127.0.0.1:" + port + ": the port is in use")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aFirstStartHasTheOptionsThatLaterOnesHave(@TempDir Path fresh) throws IOException {
        var port = Build.freePort();
        var command =
                List.of(
                        Build.java().toString(),
                        "-Xmx300m",
                        "-jar",
                        Build.war().toString(),
                        "--port",
                        Integer.toString(port),
                        "--home",
                        fresh.toString());
        var noRecording = Map.of("HEADRACE_START_CACHE", "false");
        try (var server =
                ServerProcess.start(command, noRecording, fresh, "http://127.0.0.1:" + port)) {
            assertThat(commandOf(server))
                    .contains("-XX:+UseSerialGC")
                    .contains("-XX:TieredStopAtLevel=1")
                    .contains("-Xmx300m -jar " + Build.war());
            assertThat(server.stop(STOP)).isTrue();
        }
    }

    @Test
    void aTruncatedCacheIsIgnoredAndDeleted() throws IOException {
        var good = Files.readAllBytes(cache());
        var cache = cache();
        try {
            Files.write(cache, List.of("no cache"));

            try (var server = ServerProcess.selfStarted(home, ON)) {
                assertThat(cache).doesNotExist();
                assertThat(server.log()).content().doesNotContain("[aot]");
            }
        } finally {
            Files.write(cache, good);
        }
    }

    @Test
    void aCacheThatCrashedTheJvmIsNotTriedAgain() throws IOException {
        var good = Files.readAllBytes(cache());
        var cache = cache();
        try {
            scramble(cache);
            Files.createFile(trial());

            try (var server = ServerProcess.selfStarted(home, ON)) {
                assertThat(cache).doesNotExist();
                assertThat(commandOf(server)).doesNotContain("-XX:AOTCache");
            }
        } finally {
            Files.write(cache, good);
        }
    }

    @Test
    void otherOptionsOfTheJvmStartWithoutTheCache() throws IOException {
        try (var server = ServerProcess.selfStarted(home, ON, "-XX:-UseCompactObjectHeaders")) {
            assertThat(commandOf(server)).doesNotContain("-XX:AOTCache");
        }
    }

    private static Path cache() throws IOException {
        try (var files = Files.list(home.resolve("cache/start"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).findFirst().orElseThrow();
        }
    }

    private static Path trial() throws IOException {
        return Path.of(cache() + ".tried");
    }

    private static void scramble(Path file) throws IOException {
        var noise = new byte[1 << 20];
        new Random(7).nextBytes(noise);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise), channel.size() / 4);
        }
    }

    private static String commandOf(ServerProcess server) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(server.pid()), "cmdline"))
                .replace('\0', ' ');
    }
}
