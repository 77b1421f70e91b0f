package io.headrace.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the page of a run shows while the run goes on, also when connections fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveIT {

    private static final String STREAMS = "**/api/v1/runs/*/logs?**";

    // Set before the first test.
    private @SuppressWarnings("NullAway.Init") Path gate;
    private @SuppressWarnings("NullAway.Init") RunningWar war;
    private @SuppressWarnings("NullAway.Init") Browsing browsing;
    private @SuppressWarnings("NullAway.Init") Page page;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        gate = folder.resolve("gate");
        war = RunningWar.in(folder.resolve("home"));
        browsing = new Browsing();
        page = browsing.page();
        page.onRequest(this::note);
        Story.firstAdministrator(page, war);
        Story.project(page, war, "slow", repository(folder));
    }

    @AfterAll
    void stop() {
        browsing.close();
        war.close();
    }

    @BeforeEach
    void run() {
        page.navigate(war.address() + "/projects/slow");
        asked.clear();
        Story.button(page, "Run now").click();
        Story.button(page, "Run").click();
        line("line 3");
    }

    @AfterEach
    void letGo() throws IOException {
        page.unroute(STREAMS);
        page.context().setOffline(false);
        say("end");
        assertThat(page.locator(".run-facts .state")).hasText("Succeeded");
        Files.delete(gate);
        Files.deleteIfExists(done());
    }

    @Test
    void linesComeByOneStream() throws Exception {
        await().untilAsserted(() -> assertThat(streams()).hasSize(1));

        asked.clear();
        say("4 5 6");
        line("line 6");
        say("4 5 6 7");
        line("line 7");
        assertThat(asked)
                .as("the lines themselves are not asked for")
                .noneMatch(path -> path.contains("/log?") || path.contains("/logs?"));
    }

    @Test
    void linesComeWithoutAStreamToo() throws Exception {
        page.route(STREAMS, Route::abort);
        page.reload();
        line("line 3");

        say("4");

        line("line 4");
        assertThat(page.locator(".log-state")).hasText("Live");
    }

    @Test
    void aLogGoesOnAfterTheNetworkWasGone() throws Exception {
        page.context().setOffline(true);
        assertThat(page.locator(".log-state")).containsText("Connection lost");

        say("4 5");
        page.context().setOffline(false);

        line("line 5");
        assertThat(page.locator(".log-text").getByText("line 4")).hasCount(1);
    }

    @Test
    void theHeaderFollowsARunThatEndedWhileTheNetworkWasGone() throws Exception {
        page.context().setOffline(true);
        assertThat(page.locator(".log-state")).containsText("Connection lost");
        say("4 end");
        ended();

        page.context().setOffline(false);

        assertThat(page.locator(".run-facts .state")).hasText("Succeeded");
        assertThat(Story.button(page, "Run again")).isVisible();
        assertThat(page.locator(".log-state")).hasText("Complete");
    }

    /** Waits until the job has read that it is to end. */
    private void ended() {
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(done()));
    }

    private Path done() {
        return gate.resolveSibling("done");
    }

    private void note(Request request) {
        asked.add(request.url().substring(war.address().length()));
    }

    private List<String> streams() {
        // Lets the browser's events in.
        page.waitForTimeout(50);
        return asked.stream().filter(path -> path.contains("/logs?")).toList();
    }

    /** Has the job print a line for each word, as far as it did not. */
    private void say(String words) throws IOException {
        Files.writeString(gate, words + "\n");
    }

    private void line(String text) {
        assertThat(page.getByRole(AriaRole.LOG).getByText(text, Story.textExactly()))
                .isInViewport();
    }

    private Path repository(Path folder) throws IOException, InterruptedException {
        return Story.repository(
                folder.resolve("slow"),
                """
                name: slow
                jobs:
                  slow:
                    checkout: false
                    steps:
                      - name: print
                        run: |
                          said="1 2 3"
                          for i in $said; do echo "line $i"; done
                          until [ "${said%% end}" != "$said" ]; do
                            for i in $(cat '%1$s' 2>/dev/null || true); do
                              case " $said " in
                                *" $i "*) ;;
                                *) said="$said $i"; echo "line $i" ;;
                              esac
                            done
                            sleep 0.1
                          done
                          touch '%2$s'
                """
                        .formatted(gate, done()));
    }
}
