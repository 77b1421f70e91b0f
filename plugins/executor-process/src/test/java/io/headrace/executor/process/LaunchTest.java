package io.headrace.executor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.api.Command;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.api.ExecutionRequest;
import io.headrace.api.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user reads when a command can't be run. */
class LaunchTest {

    private @TempDir Path workspace;

    @Test
    void aMissingProgramIsNamed() throws Exception {
        try (var place = open()) {
            assertInvalid(() -> place.run(command(Map.of("PATH", "/bin"), "mvnn", "test")))
                    .isEqualTo(
                            "There is no program 'mvnn' on the server's machine (PATH is /bin);"
                                    + " install it, or give its full path");
            assertInvalid(() -> place.run(command(Map.of(), "./mvnw")))
                    .isEqualTo("'./mvnw' is not an executable file on the server's machine");
        }
    }

    @Test
    void aMissingWorkingDirectoryIsNamed() throws Exception {
        try (var place = open()) {
            var command =
                    new Command(
                            List.of("true"),
                            Map.of(),
                            "no/where",
                            Duration.ofMinutes(1),
                            Duration.ZERO);

            assertInvalid(() -> place.run(command))
                    .isEqualTo(
                            "There is no working directory 'no/where' in the workspace; make it in an"
                                    + " earlier step, or correct its name");
        }
    }

    @Test
    void aMissingWorkspaceIsTheOperators() throws Exception {
        try (var place = open()) {
            Files.delete(workspace);

            assertThatThrownBy(() -> place.run(command(Map.of(), "true")))
                    .isInstanceOfSatisfying(
                            ExecutionException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.LOST))
                    .hasMessage("The workspace %s is gone", workspace);
            Files.createDirectory(workspace);
        }
    }

    @Test
    void aCommandThatIsTooLongIsExplained() throws Exception {
        try (var place = open()) {
            assertInvalid(() -> place.run(command(Map.of(), "echo", "x".repeat(200_000))))
                    .startsWith("The command is too long for this system")
                    .endsWith("move its text to a file");
        }
    }

    @Test
    void aVariableThatCannotBeIsExplained() throws Exception {
        try (var place = open()) {
            for (var name : List.of("A=B", "N\0UL")) {
                assertInvalid(() -> place.run(command(Map.of(name, "x"), "true")))
                        .startsWith("A variable's name is empty or has '=' in it");
            }
        }
    }

    @Test
    void whatTheServersEncodingLacksIsRefusedNotSpoiled() {
        var host = new Host(null, GroupUse.NEVER, null, true, StandardCharsets.US_ASCII, Map.of());
        var launch = new Launch(host, Set.of(), new Marker("i", "1"), workspace);

        assertInvalid(() -> launch.start(command(Map.of(), "/bin/echo", "ü"), null))
                .isEqualTo(
                        "The command has characters that the server can't pass on, as it runs with"
                                + " the encoding US-ASCII; start the server with LC_ALL=C.UTF-8");
    }

    @Test
    void anIdThatCouldBeAPathIsRefused() {
        var executor = Configured.executor("auto");
        var request =
                new ExecutionRequest(
                        "../x",
                        "i",
                        "n",
                        null,
                        workspace,
                        ExecutionRequest.Limits.DEFAULT,
                        Map.of(),
                        _ -> {});

        assertInvalid(() -> executor.open(request)).contains("'../x'");
    }

    @Test
    void theSettingsAreThese() {
        assertThat(new ProcessExecutor().settings().settings())
                .extracting(Setting::name, Setting::defaultValue)
                .containsExactly(
                        tuple(
                                "environment",
                                "PATH,HOME,LANG,LANGUAGE,LC_ALL,LC_CTYPE,TZ,USER,LOGNAME,TMPDIR,"
                                        + "JAVA_HOME"),
                        tuple("control-groups", "auto"));
    }

    private Place open() throws Exception {
        return Place.open(Configured.executor("auto"), workspace);
    }

    private static Command command(Map<String, String> environment, String... arguments) {
        return new Command(
                List.of(arguments), environment, "", Duration.ofMinutes(1), Duration.ZERO);
    }

    private static AbstractStringAssert<?> assertInvalid(ThrowingCallable call) {
        var message = new StringBuilder();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ExecutionException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(Kind.INVALID);
                            message.append(e.getMessage());
                        });
        return assertThat(message.toString());
    }
}
