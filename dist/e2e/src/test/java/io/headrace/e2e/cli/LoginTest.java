package io.headrace.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Site.Shared.class)
class LoginTest {

    private @TempDir Path config;

    @Test
    void aLoginIsRememberedForAllLaterCommands(Site site) throws IOException {
        var headrace = site.stranger(config);

        var login = headrace.run("login", site.url() + "/", "--token", site.token());

        assertThat(login.code()).as(login.toString()).isZero();
        assertThat(login.out()).isEqualTo("Logged in to %s as admin%n".formatted(site.url()));
        var file = config.resolve("headrace/login.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(headrace.run("workers").out()).contains("NAME");
    }

    @Test
    void aWrongTokenIsNotRememberedAndExitsWith4(Site site) throws IOException {
        var login =
                site.stranger(config).run("login", site.url(), "--token", "hrt_" + "x".repeat(46));

        assertThat(login.code()).isEqualTo(4);
        assertThat(login.err())
                .startsWith("headrace: " + site.url() + " does not accept the token: ")
                .contains("Run: headrace login " + site.url() + " --token TOKEN")
                .doesNotContain("xxxx");
        assertThat(config.resolve("headrace")).doesNotExist();
    }

    @Test
    void whatARoleMayNotDoExitsWith4AndNamesThePermission(Site site) throws IOException {
        var token =
                site.api()
                        .post("/api/v1/tokens", Map.of("name", "looks", "role", "VIEWER"))
                        .ok()
                        .path("token")
                        .asText();
        var viewer = site.stranger(config);

        var looks = viewer.run("runs", "--url", site.url(), "--token", token);
        var adds = viewer.run("project", "add", "x", "/x", "--url", site.url(), "--token", token);

        assertThat(looks.code()).as(looks.toString()).isZero();
        assertThat(adds.code()).as(adds.toString()).isEqualTo(4);
        assertThat(adds.err())
                .isEqualTo(
                        "headrace: 'admin' is VIEWER here; that needs the permission CONFIGURE\n");
    }

    @Test
    void withoutALoginEveryCommandSaysHowToLogIn(Site site) throws IOException {
        var runs = site.stranger(config).run("runs", "--url", site.url());

        assertThat(runs.code()).isEqualTo(4);
        assertThat(runs.err())
                .isEqualTo(
                        "headrace: Not logged in to %1$s. Make a token there under Profile, then run: headrace login %1$s --token TOKEN%n"
                                .formatted(site.url()));
    }

    @Test
    void aServerThatIsNotThereExitsWith4AndSaysHowToStartOne(Site site) throws IOException {
        var runs =
                site.stranger(config)
                        .run("runs", "--url", "http://127.0.0.1:9", "--token", "hrt_x");

        assertThat(runs.code()).isEqualTo(4);
        assertThat(runs.err())
                .startsWith("headrace: http://127.0.0.1:9 can't be reached: ")
                .contains("Is the server running? Start one with: headrace server");
    }
}
