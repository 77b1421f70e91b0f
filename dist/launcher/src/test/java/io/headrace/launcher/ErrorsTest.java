package io.headrace.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsTest {

    private @TempDir Path webapp;
    private @TempDir Path home;

    private final Server server = new Server();
    private int port;

    /** What a WAR may do. */
    private static final class Failing extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (request.getRequestURI().endsWith("/refused")) {
                response.sendError(409, "That <b>contradicts</b> \"the\" state");
            } else {
                throw new IllegalStateException("the password is s3cr3t");
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        var connector = Launcher.connector(server, "127.0.0.1", 0);
        var context = Launcher.context(webapp.toFile(), home.toFile(), "/ci", false);
        Launcher.serve(server, context);
        context.addServlet(new ServletHolder(new Failing()), "/api/failing/*");
        context.addServlet(new ServletHolder(new Failing()), "/page/*");
        server.start();
        port = connector.getLocalPort();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void anAddressThatCanBeReadInTwoWaysIsAProblem() throws IOException {
        assertThat(get("/ci/api/v1/runs//logs"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\r\nContent-Type: application/problem+json\r\n")
                .doesNotContainIgnoringCase("jetty")
                .endsWith(
                        "{\"type\":\"urn:headrace:problem:invalid\",\"title\":\"The request is not valid\",\"status\":400,"
                                + "\"detail\":\"The server can't make sense of the request: Ambiguous URI empty segment; correct its address, or its headers\","
                                + "\"instance\":\"/ci/api/v1/runs//logs\"}");
    }

    @Test
    void whoAsksForNoApiGetsText() throws IOException {
        assertThat(get("/ci/a//b"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\r\nContent-Type: text/plain;charset=utf-8\r\n")
                .endsWith(
                        "\r\n\r\nThe server can't make sense of the request: Ambiguous URI empty segment; correct its address, or its headers\n");
        assertThat(get("/elsewhere"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\nThere is nothing at this address; correct it\n");
    }

    @Test
    void whatIsNoRequestGetsTextToo() throws IOException {
        assertThat(say("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("<h1>")
                .contains("The server can't make sense of the request: ");
    }

    @Test
    void whatFailsInTheWarShowsNoTrace() throws IOException {
        for (var path : new String[] {"/ci/api/failing/x", "/ci/page/x"}) {
            assertThat(get(path))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("Something went wrong in the server")
                    .doesNotContain("s3cr3t", "Exception", "Failing");
        }
    }

    @Test
    void whatTheWarRefusesIsRepeatedAndIsNoMarkup() throws IOException {
        assertThat(get("/ci/api/failing/refused"))
                .startsWith("HTTP/1.1 409 ")
                .contains("\\u003cb\\u003econtradicts\\u003c/b\\u003e \\u0022the\\u0022 state");
        assertThat(get("/ci/page/refused"))
                .contains("\r\nContent-Type: text/plain;charset=utf-8\r\n")
                .contains("That <b>contradicts</b> \"the\" state");
    }

    private String get(String path) throws IOException {
        return say(
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n"
                        + "Connection: close\r\n\r\n");
    }

    private String say(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
