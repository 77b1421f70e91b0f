package io.headrace.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Shared.class)
@Timeout(60)
class UnreadBodyTest {

    private final TestServer server;

    UnreadBodyTest(TestServer server) {
        this.server = server;
    }

    @Test
    void theConnectionGoesOnAfterARequestWhoseBodyWasRefused() throws IOException {
        goesOn(server.client().url(), "");
    }

    @Test
    void theConnectionGoesOnInTomcatToo(@TempDir Path home) throws Exception {
        try (var tomcat = TestServer.inTomcat(home)) {
            goesOn(tomcat.client().url(), "/ci");
        }
    }

    @Test
    void anAnswerToALargeBodyThatWasRefusedSaysThatTheConnectionWillBeClosed() throws IOException {
        try (var connection = new Connection(server.client().url())) {
            connection.send(
                    "POST /api/v1/lint HTTP/1.1\r\nHost: here\r\nContent-Length: 1000000\r\n\r\n");
            assertThat(connection.answer())
                    .contains("http/1.1 401 unauthorized", "connection: close");
        }
    }

    private static void goesOn(String url, String context) throws IOException {
        try (var connection = new Connection(url)) {
            for (var round = 0; round < 3; round++) {
                connection.send(
                        "DELETE %s/api/v1/accounts/x HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n"
                                .formatted(context));
                connection.send("{}");
                var answer = connection.answer();
                assertThat(answer.getFirst()).startsWith("http/1.1 401");
                assertThat(answer).doesNotContain("connection: close");
            }
        }
    }

    /** Sends what it is given, and reads answers that say how long they are. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;

        Connection(String url) throws IOException {
            var address = URI.create(url);
            socket = new Socket(address.getHost(), address.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            socket.getOutputStream().flush();
        }

        /** Returns the lines of an answer's head, in lower case. */
        List<String> answer() throws IOException {
            var head = new ArrayList<String>();
            var length = 0;
            for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                var low = line.toLowerCase(Locale.ROOT);
                head.add(low);
                if (low.startsWith("content-length: ")) {
                    length = Integer.parseInt(low.substring("content-length: ".length()));
                }
            }
            assertThat(in.skip(length)).isEqualTo(length);
            return head;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
