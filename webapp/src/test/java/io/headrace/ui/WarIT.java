package io.headrace.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The WAR as a new user meets it: one story, told in order, in one server and one browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WarIT {

    private static final String[] PAGES = {
        "",
        "projects",
        "projects/shop",
        "projects/shop/secrets",
        "add-project",
        "queue",
        "validator",
        "profile",
        "admin/plugins",
        "admin/plugins/executor-process",
        "admin/users"
    };

    // Set before the first test.
    private @SuppressWarnings("NullAway.Init") Path folder;
    private @SuppressWarnings("NullAway.Init") RunningWar war;
    private @SuppressWarnings("NullAway.Init") Browsing browsing;
    private @SuppressWarnings("NullAway.Init") Page page;
    private String run = "";

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        war = RunningWar.in(folder.resolve("home"));
        browsing = new Browsing();
        page = browsing.page();
    }

    @AfterAll
    void stop() {
        browsing.close();
        war.close();
    }

    @Test
    @Order(1)
    void theLinkThatIsPrintedMakesTheFirstAdministrator() throws IOException {
        Story.firstAdministrator(page, war);
    }

    @Test
    @Order(2)
    void somebodyElseHasToLogInAndComesBackToWhereTheyWere() {
        try (var stranger = new Browsing()) {
            var other = stranger.page();
            other.navigate(war.address() + "/admin/users");

            other.locator("input[name=username]").fill("ada");
            other.locator("input[name=password]").fill("wrong");
            Story.button(other, "Log in").click();
            assertThat(other.getByText("The name or the password is wrong")).isVisible();

            other.locator("input[name=password]").fill("correct horse battery");
            Story.button(other, "Log in").click();
            assertThat(heading(other, "Users")).isVisible();
        }
    }

    @Test
    @Order(3)
    void aProjectIsAddedAndRunWithItsLogLive() throws Exception {
        page.navigate(war.address() + "/add-project");
        Story.button(page, "Add project").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("A project needs a name");
        page.getByLabel("Repository").fill(repository().toString());
        page.getByLabel("Repository").press("Tab");
        assertThat(page.getByLabel("Name")).hasValue("shop");
        Story.button(page, "Add project").click();
        assertThat(page.getByText("No runs yet")).isVisible();

        Story.button(page, "Run now").click();
        Story.button(page, "Run").click();

        assertThat(page.locator(".run-facts")).containsText("Succeeded");
        run = page.url();
        page.navigate(run + "?job=big");
        assertThat(page.locator(".log-count")).hasText("100,002 lines");
        assertThat(page.locator(".log-text").getByText("line 100000", Story.textExactly()))
                .isVisible();
        assertThat(page.locator(".log-row").count()).isLessThan(200);
    }

    @Test
    @Order(4)
    void aPipelineFileIsCheckedAndDrawnWhileOneTypes() {
        page.navigate(war.address() + "/validator");
        assertThat(page.getByText("The file is right")).isVisible();
        assertThat(page.getByAltText("The plan: 4 jobs in 3 levels; told below in words"))
                .isVisible();

        var editor = page.locator("pipeline-editor .ace_text-input");
        editor.focus();
        page.keyboard().press("Control+A");
        page.keyboard().insertText("name: shop\njobs:\n  build:\n    stepz: []\n");

        var answer = page.locator(".validator-answer");
        assertThat(answer).containsText("unknown key 'stepz'");
        assertThat(answer).containsText("Did you mean 'steps'?");
        assertThat(page.locator(".ace_gutter-cell .ace_error, .ace_gutter-cell.ace_error"))
                .not()
                .hasCount(0);
        assertThat(page.locator("pipeline-editor .mark-error")).not().hasCount(0);

        page.reload();
        assertThat(answer).containsText("unknown key 'stepz'");
        page.evaluate("sessionStorage.clear()");
    }

    @Test
    @Order(4)
    void secretsAreAddedReplacedAndRemovedAndNeverShown() {
        page.navigate(war.address() + "/projects/shop");
        Story.button(page, "Secrets").click();
        assertThat(page.getByText("No secrets")).isVisible();

        page.getByLabel("Name", Story.exactly()).fill("my-token");
        page.getByLabel("Value").fill("s3cr3t value");
        Story.button(page, "Save secret").click();
        assertThat(page.getByText("'my-token' is no name for a secret")).isVisible();
        page.getByLabel("Name", Story.exactly()).fill("TOKEN");
        Story.button(page, "Save secret").click();
        assertThat(page.getByText("set by ada")).isVisible();

        Story.button(page, "Replace TOKEN").click();
        assertThat(page.getByLabel("Value")).hasValue("");
        page.getByLabel("Value").fill("an0ther value");
        Story.button(page, "Save secret").click();
        assertThat(page.getByText("The secret 'TOKEN' is saved").last()).isVisible();
        page.reload();
        assertThat(page.getByText("set by ada")).isVisible();
        org.assertj.core.api.Assertions.assertThat(page.content())
                .doesNotContain("s3cr3t", "an0ther");

        Story.button(page, "Remove TOKEN").click();
        Story.button(page, "Remove").click();
        assertThat(page.getByText("No secrets")).isVisible();
    }

    @Test
    @Order(5)
    void aCredentialIsSetAndRemoved() {
        page.navigate(war.address() + "/projects/shop/secrets");
        assertThat(page.getByText("None is set")).isVisible();

        page.getByLabel("Private key").fill("no key");
        Story.button(page, "Save credential").click();
        assertThat(page.getByText("This is not a private key")).isVisible();
        page.getByLabel("Kind").click();
        page.getByRole(AriaRole.OPTION).first().click();
        page.getByLabel("User name", Story.exactly()).fill("ci-bot");
        page.getByLabel("Password or token", Story.exactly()).fill("s3cr3t value");
        Story.button(page, "Save credential").click();

        assertThat(page.getByText("as ci-bot, for ")).isVisible();
        Story.button(page, "Remove the credential").click();
        Story.button(page, "Remove").click();
        assertThat(page.getByText("None is set")).isVisible();
    }

    @Test
    @Order(6)
    void aLineInTheMiddleIsReachedByItsLink() {
        page.navigate(war.address() + "/projects");

        page.navigate(run + "?job=big#L50000");

        assertThat(page.locator(".log-row.marked .log-number")).hasText("50000");
        assertThat(page.locator(".log-row.marked")).isInViewport();
        assertThat(page.locator(".log-bar [data-do=follow]")).hasAttribute("aria-pressed", "false");
    }

    @Test
    @Order(7)
    void aTextIsFoundInLinesThatWereNeverLoaded() {
        page.navigate(run + "?job=big");
        assertThat(page.locator(".log-count")).hasText("100,002 lines");
        var found = page.locator(".log-found");
        var hit = page.locator(".log-row.found .log-text");

        page.keyboard().press("/");
        page.keyboard().type("LINE 777");
        page.keyboard().press("Enter");

        // 777, 7770 to 7779 and 77700 to 77799; the end of the log is in sight, so it begins anew.
        assertThat(found).hasText("1 of 111");
        assertThat(hit).hasText("line 777");
        page.keyboard().press("Enter");
        assertThat(hit).hasText("line 7770");
        page.keyboard().press("Shift+Enter");
        page.keyboard().press("Shift+Enter");
        assertThat(found).hasText("111 of 111");
        assertThat(hit).hasText("line 77799");
        assertThat(hit).isInViewport();

        page.keyboard().press("Escape");
        assertThat(found).hasText("");
        assertThat(page.locator(".log-view")).isFocused();
        page.keyboard().press("f");
        assertThat(page.locator(".log-text").getByText("line 100000", Story.textExactly()))
                .isVisible();
    }

    @Test
    @Order(8)
    void aHeaderThatWasToldNothingFollowsWhatTheBrowserKnows() {
        page.navigate(run);
        page.locator("run-jobs run-view").waitFor();
        assertThat(page.locator(".run-facts .state")).hasText("Succeeded");

        page.evaluate(
                """
                () => {
                  document.querySelector('.run-facts').replaceChildren();
                  const jobs = document.querySelector('run-jobs');
                  jobs.setAttribute('status', 'RUNNING');
                  jobs.refresh();
                }
                """);

        assertThat(page.locator(".run-facts .state")).hasText("Succeeded");
        assertThat(page.locator("run-view")).hasCount(1);
    }

    @Test
    @Order(9)
    void textOfAJobIsNeverMarkup() {
        page.navigate(run + "?job=rude");

        assertThat(page.locator(".log-view").getByText("<b>bold</b>").last()).isVisible();
        assertThat(page.locator(".log-view b")).hasCount(0);
        assertThat(page.locator(".log-text a[href='https://example.org/x']")).hasText("fine");
        assertThat(page.locator(".log-text a")).hasCount(1);
    }

    @Test
    @Order(10)
    void pagesFitEveryScreenInBothThemesAndNothingIsWrongInTheConsole() {
        for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            browsing.colours(scheme);
            for (var width : new int[] {1440, 390}) {
                browsing.size(width, 844);
                for (var path : PAGES) {
                    page.navigate(war.address() + "/" + path);
                    assertThat(page.locator("h1")).isVisible();
                    assertThat(browsing.scrollsSideways())
                            .as("'%s' scrolls sideways at %d px", path, width)
                            .isFalse();
                }
                page.navigate(run);
                assertThat(page.locator(".log-row").first()).isVisible();
                assertThat(browsing.scrollsSideways()).as("the run page").isFalse();
            }
        }
        browsing.size(1440, 900);
        assertThat(browsing.complaints()).isEmpty();
    }

    @Test
    @Order(11)
    void aFailureIsShownWithTheLastLinesOfTheStepThatFailed() throws Exception {
        var broken =
                Story.repository(
                        folder.resolve("broken"),
                        """
                        name: broken
                        jobs:
                          look:
                            checkout: false
                            steps:
                              - {name: look, run: seq -f 'broken %.0f' 1 20; exit 3}
                              - {name: tidy, if: always(), run: seq -f 'tidy %.0f' 1 20}
                        """);
        page.navigate(war.address() + "/add-project");
        page.getByLabel("Repository").fill(broken.toString());
        page.getByLabel("Repository").press("Tab");
        Story.button(page, "Add project").click();
        Story.button(page, "Run now").click();
        Story.button(page, "Run").click();

        assertThat(page.locator(".run-failure")).containsText("step 'look': exit code 3");
        assertThat(page.locator(".failure-line")).hasCount(10);
        assertThat(page.locator(".failure-line").first()).hasText("broken 12");
        assertThat(page.locator(".failure-line").last()).hasText("Step 'look' failed: exit code 3");
        assertThat(page.locator(".log-view").getByText("exit code 3")).hasCount(1);
        assertThat(page.locator(".steps").getByText("exit code 3")).hasText("exit code 3");
        page.navigate(war.address() + "/runs");
        assertThat(page.locator(".run-row .who").first()).hasText("ada (manual)");
    }

    @Test
    @Order(12)
    void whereThereIsNoPageTheNavigationIsForThoseWhoAreLoggedIn() {
        page.navigate(war.address() + "/nothing/here");
        assertThat(heading(page, "There is no such page")).isVisible();
        assertThat(page.getByRole(AriaRole.NAVIGATION).first()).containsText("Projects");

        try (var stranger = new Browsing()) {
            var other = stranger.page();
            other.navigate(war.address() + "/nothing/here");

            assertThat(heading(other, "There is no such page")).isVisible();
            assertThat(other.locator("a[href=login]")).hasText("Log in");
            assertThat(other.locator("vaadin-app-layout")).hasCount(0);
        }
    }

    @Test
    @Order(13)
    void whatIsNotAPageIsNotServed() throws Exception {
        assertThat(status("/io/headrace/Main.class")).isEqualTo(404);
        assertThat(status("/WEB-INF/web.xml")).isEqualTo(404);
        assertThat(status("/WEB-INF/plugins/scm-git.zip")).isEqualTo(404);
        assertThat(status("/META-INF/MANIFEST.MF")).isEqualTo(404);
        assertThat(status("/js/log-viewer.js")).isEqualTo(200);
    }

    @Test
    @Order(14)
    void aPortThatIsTakenIsOneSentence() throws Exception {
        var log = folder.resolve("second.log");
        var second = RunningWar.start(folder.resolve("second"), war.port(), log);

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(4);
        assertThat(Files.readString(log).lines())
                .filteredOn(line -> !line.startsWith("Unpacking"))
                .containsExactly(
                        "Headrace can't listen on 127.0.0.1:%d: the port is in use. Choose another port with --port, or another address with --host."
                                .formatted(war.port()));
    }

    @Test
    @Order(15)
    void aHomeThatIsTakenIsOneSentence() throws Exception {
        var log = folder.resolve("third.log");
        var third = RunningWar.start(folder.resolve("home"), RunningWar.freePort(), log);

        assertThat(third.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(third.exitValue()).isEqualTo(3);
        assertThat(Files.readString(log))
                .contains("is in use by another Headrace; stop it or choose another --home")
                .doesNotContain("\tat ");
    }

    @Test
    @Order(16)
    void theServerEndsSoonWhenItIsAskedTo() throws Exception {
        var began = System.nanoTime();

        var code = war.stop();

        // 128 + SIGTERM, as the JVM ends after its shutdown hooks.
        assertThat(code).isEqualTo(143);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(war.output()).contains("Headrace has stopped");
    }

    private Path repository() throws IOException, InterruptedException {
        return Story.repository(
                folder.resolve("shop"),
                """
                name: shop
                jobs:
                  big:
                    checkout: false
                    steps:
                      - name: print
                        run: seq -f 'line %.0f' 1 100000
                  rude:
                    checkout: false
                    steps:
                      - name: print
                        run: |
                          printf '<b>bold</b> \\033]8;;https://example.org/x\\033\\\\fine\\033]8;;\\033\\\\\\n'
                          printf '\\033]8;;javascript:alert(1)\\033\\\\evil\\033]8;;\\033\\\\\\n'
                """);
    }

    private int status(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(war.address() + path)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
    }
}
