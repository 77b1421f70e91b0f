package io.headrace.executor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps jobs and the server out of each other's way. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class IsolationTest {

    private @TempDir Path workspace;

    @Test
    void theServersEnvironmentIsNotPassedOn() throws Exception {
        assertThat(System.getenv()).containsEntry("SECRET_OF_THE_SERVER", "leaked");

        try (var place = Place.open(Configured.executor("auto"), workspace)) {
            assertThat(place.output("env"))
                    .contains("PATH=" + System.getenv("PATH"))
                    .doesNotContain("leaked");
        }
    }

    @Test
    void theCommandsVariablesWinOverTheServers() throws Exception {
        try (var place = Place.open(Configured.executor("auto"), workspace)) {
            assertThat(place.output("echo $HOME", Map.of("HOME", "/elsewhere")))
                    .isEqualTo("/elsewhere\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "always", "never"})
    void killingItsWholeGroupHitsOnlyTheCommand(String groups) throws Exception {
        try (var place = Place.open(Configured.executor(groups), workspace)) {
            assertThat(place.output("trap 'exit 7' TERM; echo x; kill -s TERM 0; sleep 5"))
                    .isEqualTo("x\n");
        }
    }

    @Test
    void thereIsNoTerminalToAskAt() throws Exception {
        try (var place = Place.open(Configured.executor("auto"), workspace)) {
            assertThat(place.output("(: </dev/tty) 2>/dev/null || echo none")).isEqualTo("none\n");
        }
    }

    @Test
    void theMarkersAroundTheServerStay() {
        var environment = new HashMap<String, String>();

        new Marker("inner", "1")
                .putInto(
                        environment,
                        Map.of(Marker.VARIABLE, "outer:2", Marker.OUTER, "outermost:3"));

        var seen =
                "X=y\0HEADRACE_EXECUTION=%s\0HEADRACE_EXECUTION_OUTER=%s\0"
                        .formatted(environment.get(Marker.VARIABLE), environment.get(Marker.OUTER));
        assertThat(Marker.in(seen.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        new Marker("inner", "1"),
                        new Marker("outer", "2"),
                        new Marker("outermost", "3"));
    }

    /** It has left its session, its parents and its environment; only the control group knows. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "always"})
    void aProcessThatCutAllTiesEndsWithTheCommand(String groups) throws Exception {
        assumeThat(ControlGroups.detect()).as("control groups on this machine").isNotNull();
        var number = "9" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
        var script =
                "sleep 0.3; (env -i /usr/bin/setsid sleep %s >/dev/null 2>&1 &); sleep 0.2"
                        .formatted(number);

        try (var place = Place.open(Configured.executor(groups), workspace)) {
            place.output(script);

            assertThat(place.output("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"))
                    .doesNotContain(number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "always"})
    void noControlGroupIsLeft(String groups) throws Exception {
        var hierarchy = ControlGroups.detect();
        assumeThat(hierarchy).as("control groups on this machine").isNotNull();
        String installation;

        try (var place = Place.open(Configured.executor(groups), workspace)) {
            installation = place.request().installation();
            place.output("mkdir -p below; sleep 0.1");
            assertThat(Objects.requireNonNull(hierarchy).of(installation)).hasSize(1);
        }

        assertThat(Objects.requireNonNull(hierarchy).of(installation)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "never"})
    void whatAKilledServerLeftIsSwept(String groups) throws Exception {
        var executor = Configured.executor(groups);
        var installation = "gone-" + UUID.randomUUID();
        var orphan = new ProcessBuilder("setsid", "sh", "-c", "trap '' TERM; sleep 600 & wait");
        orphan.environment().put(Marker.VARIABLE, installation + ":run-1");
        var left = orphan.start();
        try {
            assertThat(executor.sweep(installation, id -> id.equals("run-1"))).isZero();
            assertThat(left.isAlive()).isTrue();

            assertThat(executor.sweep(installation, id -> false)).isEqualTo(1);

            assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(executor.sweep(installation, id -> false)).isZero();
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void aMillionLinesArriveInOrder() throws Exception {
        var expected = new CRC32();
        for (var i = 1; i <= 1_000_000; i++) {
            expected.update((i + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        var found = new CRC32();
        var taker =
                new CommandOutput() {
                    @Override
                    public void stdout(byte[] bytes, int offset, int length) {
                        found.update(bytes, offset, length);
                    }

                    @Override
                    public void stderr(byte[] bytes, int offset, int length) {}
                };

        try (var place = Place.open(Configured.executor("auto"), workspace)) {
            var command = Command.shell("seq 1000000", Map.of(), Duration.ofMinutes(1));
            place.execution().run(command, taker);
        }

        assertThat(found.getValue()).isEqualTo(expected.getValue());
        assertThat(workspace).isEmptyDirectory();
    }
}
