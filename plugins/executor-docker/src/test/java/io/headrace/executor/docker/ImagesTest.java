package io.headrace.executor.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.api.ExecutionRequest.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImagesTest {

    @RegisterExtension static final DockerEngine engine = new DockerEngine();

    private static final Map<String, String> NONE = Map.of();

    private @TempDir Path workspace;
    private Registry registry;
    private String image;

    @BeforeAll
    void startRegistry(@TempDir Path directory) throws IOException {
        registry = Registry.start(directory);
        image = registry.host() + "/team/tools:1";
    }

    @BeforeEach
    void onlyTheRegistryHasTheImage() throws IOException {
        registry.publish(engine.engine(), DockerEngine.BUSYBOX, "team/tools:1");
    }

    @AfterEach
    void forgetTheImage() throws IOException {
        try {
            engine.engine().delete("/images/" + image);
        } catch (Refusal absent) {
            assertThat(absent.status()).isEqualTo(Refusal.NOT_FOUND);
        }
    }

    @AfterAll
    void stopRegistry() {
        registry.close();
    }

    @Test
    void pullsAnImageThatIsMissingWithTheCredentialsOfItsRegistry() {
        assertThatCode(() -> open(image, login(Registry.PASSWORD))).doesNotThrowAnyException();
    }

    @Test
    void tellsTheJobsLogOfAPullAndNotOfAnImageThatIsHere() throws Exception {
        var bed = TestBed.on(engine, workspace);
        var lines = new CopyOnWriteArrayList<String>();
        var executor = bed.executor(login(Registry.PASSWORD));
        executor.open(bed.request(image, Limits.DEFAULT, lines::add)).close();

        assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lines).first().isEqualTo("Pulling " + image);
        assertThat(lines).last().asString().matches("Pulled \\Q" + image + "\\E in \\d+ s");

        lines.clear();
        executor.open(bed.request(image, Limits.DEFAULT, lines::add)).close();

        assertThat(lines).isEmpty();
    }

    @Test
    void saysWhereToPutCredentialsWhenNoneWereGiven() {
        failing(image, NONE)
                .satisfies(of(Kind.NOT_ALLOWED))
                .hasMessageStartingWith(
                        "The registry refused to give the image '%s': ".formatted(image))
                .hasMessageEndingWith(
                        "Set 'registry', 'registry-user' and 'registry-password' of the Docker executor");
    }

    @Test
    void neverShowsARefusedPassword() {
        failing(image, login("wrong password"))
                .satisfies(of(Kind.NOT_ALLOWED))
                .hasMessageNotContaining("wrong password");
    }

    @Test
    void saysThatATagDoesNotExist() {
        var absent = registry.host() + "/team/tools:2";

        failing(absent, login(Registry.PASSWORD))
                .satisfies(of(Kind.NO_SUCH_IMAGE))
                .hasMessageStartingWith("There is no image '%s': ".formatted(absent))
                .hasMessageEndingWith("Check its name and tag");
    }

    @Test
    void saysThatARegistryCannotBeReached() throws IOException {
        var nowhere = "127.0.0.1:%d/x:1".formatted(Registry.freePort());

        failing(nowhere, NONE)
                .satisfies(of(Kind.UNAVAILABLE))
                .hasMessageStartingWith("The image '%s' could not be pulled: ".formatted(nowhere))
                .hasMessageEndingWith("Check that the Docker engine reaches the registry");
    }

    @Test
    void saysThatANameIsMalformed() {
        for (var name : new String[] {"Not A Name", "UPPER:1", "-x", "a@b", "x:"}) {
            failing(name, NONE)
                    .satisfies(of(Kind.NO_SUCH_IMAGE))
                    .hasMessageStartingWith("'%s' is not the name of an image: ".formatted(name))
                    .hasMessageEndingWith("Write it like 'maven:3-eclipse-temurin-25'");
        }
    }

    @Test
    void pullsNothingWhereThatIsSwitchedOff() {
        failing(image, Map.of("pull", "never"))
                .satisfies(of(Kind.NO_SUCH_IMAGE))
                .hasMessageStartingWith(
                        "There is no image '%s' on the Docker engine, and pulling is switched off."
                                .formatted(image));
    }

    @Test
    void takesTheImageThatIsHereWhereTheRegistryIsDown() throws Exception {
        var own = "127.0.0.1:%d/here:1".formatted(Registry.freePort());
        engine.provide(own);
        try {
            assertThatCode(() -> open(own, Map.of("pull", "always"))).doesNotThrowAnyException();
        } finally {
            engine.engine().delete("/images/" + own);
        }
    }

    @Test
    void givesUpOnARegistryThatDoesNotAnswer() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var slow = "127.0.0.1:%d/x:1".formatted(silent.getLocalPort());

            failing(slow, Map.of("pull-timeout", "1"))
                    .satisfies(of(Kind.UNAVAILABLE))
                    .hasMessage(
                            "Pulling the image '%s' took longer than 1 s. Pull it once by hand (`docker pull`), or raise 'pull-timeout' of the Docker executor"
                                    .formatted(slow));
        }
    }

    @Test
    void anInterruptEndsAPull() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var pull =
                    new FutureTask<Void>(() -> {
                        open("127.0.0.1:%d/x:1".formatted(silent.getLocalPort()), NONE);
                        return null;
                    });
            var thread = Thread.ofVirtual().start(pull);
            try (var _ = silent.accept()) {
                thread.interrupt();

                await().until(pull::isDone);
            }
            assertThatThrownBy(pull::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    private Map<String, String> login(String password) {
        return Map.of(
                "registry",
                registry.host(),
                "registry-user",
                Registry.USER,
                "registry-password",
                password);
    }

    private void open(String name, Map<String, String> settings) throws Exception {
        var bed = TestBed.on(engine, workspace);
        bed.executor(settings).open(bed.request(name, Limits.DEFAULT)).close();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> failing(
            String name, Map<String, String> settings) {
        return assertThatThrownBy(() -> open(name, settings));
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> of(Kind kind) {
        return e ->
                assertThat(e)
                        .isInstanceOfSatisfying(
                                ExecutionException.class,
                                x -> assertThat(x.kind()).isEqualTo(kind));
    }
}
