package io.headrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final String RUN = "01h8z0000000a";

    private @TempDir Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Answers with {@code text}, and says that it has {@code length} bytes. */
    private void answer(String path, String text, long length) {
        server.createContext(
                "/api/v1" + path,
                exchange -> {
                    exchange.sendResponseHeaders(200, length);
                    exchange.getResponseBody().write(text.getBytes(UTF_8));
                    exchange.close();
                });
    }

    private void artifacts(String items) {
        var page = "{\"items\": [%s]}".formatted(items);
        answer("/runs/" + RUN + "/artifacts", page, page.length());
    }

    private int download() {
        return download(RUN);
    }

    private int download(String run) {
        return Cli.execute(
                Map.of("XDG_CONFIG_HOME", directory.toString()),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "--token",
                "hrt_x",
                "artifacts",
                run,
                "--download",
                directory.resolve("here").toString());
    }

    @Test
    void whatHasExpiredIsPassedOver() {
        artifacts(
                """
                {"id": "1", "job": "build", "path": "old.txt", "expired": true},
                {"id": "2", "job": "build", "path": "new.txt", "expired": false}\
                """);
        answer("/artifacts/2/content", "flour", 5);

        assertThat(download()).as(err.toString(UTF_8)).isZero();

        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        "old.txt has expired; passed over%n%s%n"
                                .formatted(directory.resolve("here/build/new.txt")));
        assertThat(directory.resolve("here/build/new.txt")).hasContent("flour");
        assertThat(directory.resolve("here/build/old.txt")).doesNotExist();
    }

    @Test
    void aRunIsFoundByItsNumberWithOneQuestion() {
        var run = "{\"id\": \"%s\"}".formatted(RUN);
        answer("/projects/shop/runs/7", run, run.length());
        artifacts("{\"id\": \"1\", \"job\": \"build\", \"path\": \"a.txt\"}");
        answer("/artifacts/1/content", "flour", 5);

        assertThat(download("shop#7")).as(err.toString(UTF_8)).isZero();

        assertThat(directory.resolve("here/build/a.txt")).hasContent("flour");
    }

    @Test
    void aDownloadThatBreaksOffLeavesNothing() {
        artifacts("{\"id\": \"1\", \"job\": \"build\", \"path\": \"large.bin\"}");
        answer("/artifacts/1/content", "the beginning", 1000);

        assertThat(download()).isNotZero();

        assertThat(directory.resolve("here/build")).isEmptyDirectory();
    }
}
