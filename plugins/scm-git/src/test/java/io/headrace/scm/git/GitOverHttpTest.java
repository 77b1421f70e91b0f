package io.headrace.scm.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import io.headrace.api.ScmProvider.Credential;
import io.headrace.api.ScmProvider.Source;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins, and hosts that misbehave. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class GitOverHttpTest {

    private static final String PASSWORD = "s3cr3t t0ken/+%";

    private @TempDir Path directory;

    @Test
    void theLoginIsSentAndNotShown() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        var target = Files.createDirectory(directory.resolve("target"));
        try (var server = new GitHttpServer(directory, "ada", PASSWORD).start()) {
            var source = new Source(server.url("origin/.git"), new Credential("ada", PASSWORD));
            var provider = provider();

            assertThat(provider.resolve(source, "main").commit()).isEqualTo(commit);
            provider.checkout(source, commit, target);

            assertThat(target.resolve("a")).hasContent("1");
            assertThat(target.resolve(".git/config")).content().doesNotContain("s3cr3t");
        }
    }

    @Test
    void aLoginInTheAddressIsTakenOutOfIt() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        try (var server = new GitHttpServer(directory, "ada", "word").start()) {
            var url = server.url("origin/.git").replace("http://", "http://ada:word@");

            assertThat(provider().resolve(new Source(url, null), "main").commit())
                    .isEqualTo(commit);
        }
    }

    @Test
    void aWrongLoginIsSaidSo() throws Exception {
        new TestRepository(directory.resolve("origin")).commit("main", Map.of("a", "1"), "first");
        try (var server = new GitHttpServer(directory, "ada", PASSWORD).start()) {
            var url = server.url("origin/.git");

            for (var credential :
                    new Credential[] {
                        null, new Credential("ada", "wr0ng"), new Credential(null, "x")
                    }) {
                assertFails(
                                Kind.NOT_ALLOWED,
                                () -> provider().resolve(new Source(url, credential), "main"))
                        .hasMessageStartingWith(url + " refused the login; give the project a")
                        .hasMessageNotContaining("wr0ng");
            }
        }
    }

    @Test
    void aLoginDoesNotFollowARedirectToAnotherHost() throws Exception {
        new TestRepository(directory.resolve("origin")).commit("main", Map.of("a", "1"), "first");
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var moved = HttpServer.create(loopback, 0);
        try (var server = new GitHttpServer(directory, "ada", PASSWORD).start()) {
            moved.createContext(
                    "/",
                    exchange -> {
                        var uri = exchange.getRequestURI().toString().substring(1);
                        exchange.getResponseHeaders().add("Location", server.url(uri));
                        exchange.sendResponseHeaders(301, -1);
                        exchange.close();
                    });
            moved.start();
            var url = "http://127.0.0.1:%d/origin/.git".formatted(moved.getAddress().getPort());
            var source = new Source(url, new Credential("ada", PASSWORD));

            assertFails(Kind.NOT_ALLOWED, () -> provider().resolve(source, "main"))
                    .hasMessageStartingWith(
                            url + " redirects to another address, and a login is not sent along");
            assertThat(server.requests()).isZero();
        } finally {
            moved.stop(0);
        }
    }

    @Test
    void aKnownCommitIsNotGivenToAnotherLogin() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        try (var server = new GitHttpServer(directory, "ada", PASSWORD).start()) {
            var url = server.url("origin/.git");
            var provider = provider();
            provider.resolve(new Source(url, new Credential("ada", PASSWORD)), "main");
            var stranger = new Source(url, new Credential("eve", "guess"));
            var target = Files.createDirectory(directory.resolve("target"));

            assertFails(Kind.NOT_ALLOWED, () -> provider.read(stranger, commit, "a", 10));
            assertFails(Kind.NOT_ALLOWED, () -> provider.checkout(stranger, commit, target));
            assertFails(Kind.NOT_ALLOWED, () -> provider.resolve(stranger, commit));
            assertThat(target).isEmptyDirectory();
        }
    }

    @Test
    void aKnownCommitCostsNoRequest() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        try (var server = new GitHttpServer(directory, "ada", PASSWORD).start()) {
            var source = new Source(server.url("origin/.git"), new Credential("ada", PASSWORD));
            var provider = provider();
            provider.resolve(source, "main");
            var before = server.requests();

            provider.resolve(source, commit);
            provider.read(source, commit, "a", 10);
            provider.checkout(source, commit, Files.createDirectory(directory.resolve("target")));

            assertThat(server.requests()).isEqualTo(before);
        }
    }

    @Test
    void aHostThatIsNotThereIsUnreachable() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var url = "http://127.0.0.1:%d/x.git".formatted(port);

        assertFails(Kind.UNREACHABLE, () -> provider().resolve(new Source(url, null), "main"))
                .hasMessageStartingWith(url + " could not be read; see whether the host answers")
                .hasMessageContaining("Failed to connect to 127.0.0.1");
    }

    @Test
    void aHostThatNeverAnswersHitsTheTimeLimit() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var url = "http://127.0.0.1:%d/x.git".formatted(socket.getLocalPort());
            var provider = Configured.provider(directory.resolve("data"), "time-limit", "PT1S");

            assertFails(Kind.UNREACHABLE, () -> provider.resolve(new Source(url, null), "main"))
                    .hasMessage(
                            "'git ls-remote' took longer than PT1S and was ended; see whether the"
                                    + " repository answers, or raise the setting 'time-limit'");
            assertNoGitRuns(url);
        }
    }

    @Test
    void anInterruptEndsGitAndItsHelpers() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var url = "http://127.0.0.1:%d/x.git".formatted(socket.getLocalPort());
            var task = new FutureTask<>(() -> provider().resolve(new Source(url, null), "main"));
            var thread = Thread.startVirtualThread(task);
            try (var connection = socket.accept()) {
                assertThat(connection.isConnected()).isTrue();
                thread.interrupt();

                assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(InterruptedException.class);
            }
            assertNoGitRuns(url);
        }
    }

    @Test
    void gitThatIsMissingIsSaidSo() {
        var provider = Configured.provider(directory.resolve("data"), "git", "/no/such/git");

        assertFails(Kind.NO_TOOL, () -> provider.resolve(new Source("/x", null), "main"))
                .hasMessage(
                        "The program '/no/such/git' could not be run on the server's machine; install"
                                + " Git (such as apt-get install git), or give its path in the"
                                + " setting 'git'");
    }

    private GitProvider provider() {
        return Configured.provider(directory.resolve("data"));
    }

    private static void assertNoGitRuns(String url) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(ProcessHandle.current().descendants())
                                .noneMatch(process ->
                                        process.info().commandLine().orElse("").contains(url)));
    }

    private static AbstractThrowableAssert<?, ?> assertFails(Kind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ScmException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }
}
