package io.headrace.scm.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import io.headrace.api.ScmProvider.Credential;
import io.headrace.api.ScmProvider.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys of hosts and of users, against a real sshd. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class GitOverSshTest {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private @TempDir Path directory;
    private @Nullable Process sshd;
    private int port;

    @BeforeEach
    void startServer() throws Exception {
        assumeThat(SSHD).as("OpenSSH's server on this machine").exists();
        assumeThat(System.getProperty("user.name")).as("sshd needs root").isEqualTo("root");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(Path.of("/run/sshd"));
        key("host");
        key("user");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var configuration =
                """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                PasswordAuthentication no
                PermitRootLogin yes
                UsePAM no
                PidFile none
                """
                        .formatted(port, file("host"), file("user.pub"));
        Files.writeString(file("sshd_config"), configuration);
        sshd =
                new ProcessBuilder(
                                SSHD.toString(), "-D", "-e", "-f", file("sshd_config").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(file("sshd.log").toFile())
                        .start();
        await().atMost(Duration.ofSeconds(20)).until(this::answers);
    }

    @AfterEach
    void stopServer() throws Exception {
        if (sshd != null) {
            sshd.descendants().forEach(ProcessHandle::destroy);
            sshd.destroy();
            sshd.waitFor();
        }
    }

    @Test
    void aKnownHostAndARightKeyWork() throws Exception {
        var origin = new TestRepository(file("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        Files.writeString(
                file("known hosts"),
                "[127.0.0.1]:%d %s".formatted(port, Files.readString(file("host.pub"))));
        var provider =
                Configured.provider(file("data"), "known-hosts", file("known hosts").toString());
        var source = new Source(url(), new Credential(null, Files.readString(file("user"))));

        assertThat(provider.resolve(source, "main").commit()).isEqualTo(commit);

        assertThat(file("data/keys")).isEmptyDirectory();
    }

    @Test
    void theCredentialSaysWhichHostsToTrustAndNothingIsLeftBehind() throws Exception {
        var origin = new TestRepository(file("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        Files.createFile(file("empty"));
        var provider = Configured.provider(file("data"), "known-hosts", file("empty").toString());
        var key = Files.readString(file("user"));
        var hosts = "[127.0.0.1]:%d %s".formatted(port, Files.readString(file("host.pub")));
        var source = new Source(url(), new Credential(null, key, hosts));
        var target = Files.createDirectory(file("target"));

        assertThat(provider.resolve(source, "main").commit()).isEqualTo(commit);
        provider.checkout(source, commit, target);

        assertThat(target.resolve("a")).hasContent("1");
        assertThat(file("data/keys")).isEmptyDirectory();
        var secret = key.lines().skip(1).findFirst().orElseThrow();
        for (var place : List.of(target, file("data"))) {
            try (var files = Files.walk(place)) {
                assertThat(files.filter(Files::isRegularFile))
                        .allSatisfy(file ->
                                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                        .doesNotContain(secret));
            }
        }
    }

    @Test
    void aHostThatTheCredentialDoesNotTrustIsRefused() throws Exception {
        Files.writeString(
                file("trusted"),
                "[127.0.0.1]:%d %s".formatted(port, Files.readString(file("host.pub"))));
        var provider = Configured.provider(file("data"), "known-hosts", file("trusted").toString());
        var other = "[127.0.0.1]:%d %s".formatted(port, Files.readString(file("user.pub")));
        var source = new Source(url(), new Credential(null, Files.readString(file("user")), other));

        assertThatThrownBy(() -> provider.resolve(source, "main"))
                .hasMessageStartingWith(
                        "The SSH key of %s's host is not known, or has changed; check it", url())
                .hasMessageContaining("those of the project's credential");
    }

    @Test
    void anUnknownHostIsRefused() throws Exception {
        Files.createFile(file("empty"));
        var provider = Configured.provider(file("data"), "known-hosts", file("empty").toString());
        var source = new Source(url(), new Credential(null, Files.readString(file("user"))));

        assertThatThrownBy(() -> provider.resolve(source, "main"))
                .isInstanceOfSatisfying(
                        ScmException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ALLOWED))
                .hasMessageStartingWith(
                        "The SSH key of %s's host is not known, or has changed; check it", url());
        assertThat(file("data/keys")).isEmptyDirectory();
    }

    @Test
    void aPasswordIsNoKey() {
        var source = new Source(url(), new Credential("git", "s3cr3t"));

        assertThatThrownBy(() -> Configured.provider(file("data")).resolve(source, "main"))
                .hasMessageStartingWith("SSH needs a private key as the secret")
                .hasMessageNotContaining("s3cr3t");
    }

    private String url() {
        return "ssh://root@127.0.0.1:%d%s".formatted(port, file("origin"));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private void key(String name) throws Exception {
        var process =
                new ProcessBuilder(
                                "ssh-keygen",
                                "-q",
                                "-t",
                                "ed25519",
                                "-N",
                                "",
                                "-f",
                                file(name).toString())
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
