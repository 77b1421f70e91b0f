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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands make of a server's answers. */
class ServerTest {

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

    private void answer(int status, String text) {
        server.createContext(
                "/api/v1/queue",
                exchange -> {
                    exchange.sendResponseHeaders(status, text.length());
                    exchange.getResponseBody().write(text.getBytes(UTF_8));
                    exchange.close();
                });
    }

    private int run(String... arguments) {
        var all =
                new ArrayList<>(
                        List.of(
                                "--url",
                                "http://127.0.0.1:" + server.getAddress().getPort(),
                                "--token",
                                "hrt_x"));
        all.addAll(List.of(arguments));
        return Cli.execute(
                Map.of("XDG_CONFIG_HOME", directory.toString()),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"400, 2", "404, 2", "403, 4", "429, 4", "500, 4", "503, 4", "507, 4"})
    void whatTheServerCannotDoIsNotTheUsersFault(int status, int code) {
        answer(status, "{\"detail\": \"It did not work.\"}");

        assertThat(run("queue")).isEqualTo(code);

        assertThat(err.toString(UTF_8)).contains("It did not work.");
    }

    @Test
    void aQueueThatIsNotShownToItsEndSaysSo() {
        answer(200, "{\"items\": [%s], \"total\": 312}".formatted("{\"name\": \"test\"}"));

        assertThat(run("queue", "--limit", "1")).as(err.toString(UTF_8)).isZero();

        assertThat(out.toString(UTF_8))
                .endsWith("The first 1 of 312; more: headrace queue --limit 312%n".formatted());
    }

    @Test
    void aQueueThatIsShownWholeSaysNoMore() {
        answer(200, "{\"items\": [%s], \"total\": 1}".formatted("{\"name\": \"test\"}"));

        assertThat(run("queue")).as(err.toString(UTF_8)).isZero();

        assertThat(out.toString(UTF_8)).doesNotContain("more:");
    }
}
