package io.headrace.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for somebody who has no mouse, and for somebody who needs help to see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyboardIT {

    private static final int STOPS = 60;

    /** Whether what has the focus can be told from what has not. */
    private static final String FOCUS_SHOWS =
            """
            () => {
              let element = document.activeElement;
              const looks = (one) => {
                const style = getComputedStyle(one);
                return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
                  || style.boxShadow !== 'none';
              };
              for (; element && element !== document.body; element = element.parentElement || element.getRootNode().host) {
                if (looks(element) || element.hasAttribute('focus-ring')) {
                  return true;
                }
                if (element.matches(':not(:focus-within)')) {
                  return false;
                }
                if (element.shadowRoot && [...element.shadowRoot.querySelectorAll('*')].some(looks)) {
                  return true;
                }
                if (element.matches('main, vaadin-app-layout')) {
                  return false;
                }
              }
              return false;
            }
            """;

    private static final String HAS_FOCUS =
            """
            (one) => {
              const active = document.activeElement;
              return one.contains(active)
                || (active.contains(one) && active.matches('a, button, vaadin-button'));
            }
            """;

    // Set before the first test.
    private @SuppressWarnings("NullAway.Init") RunningWar war;
    private @SuppressWarnings("NullAway.Init") Path repository;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        repository =
                Story.repository(
                        folder.resolve("shop"),
                        """
                        name: shop
                        jobs:
                          build:
                            checkout: false
                            steps:
                              - run: seq -f 'line %.0f' 1 500
                          wait:
                            checkout: false
                            steps:
                              - run: sleep 600
                        """);
        war = RunningWar.in(folder.resolve("home"));
        try (var browsing = new Browsing()) {
            Story.firstAdministrator(browsing.page(), war);
        }
    }

    @AfterAll
    void stop() {
        war.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 390})
    void aProjectIsAddedRunReadCancelledAndRunAgain(int width) {
        try (var browsing = new Browsing()) {
            browsing.size(width, 844);
            var page = browsing.page();
            page.navigate(war.address() + "/login");
            logIn(page);
            page.navigate(war.address() + "/projects");
            to(page, page.getByText("Add a project"));
            page.keyboard().press("Enter");
            to(page, page.getByLabel("Name"));
            page.keyboard().type("shop-" + width);
            to(page, page.getByLabel("Repository"));
            page.keyboard().type(repository.toString());
            press(page, "Add project");
            assertThat(page.getByText("No runs yet")).isVisible();

            press(page, "Run now");
            assertThat(page.getByLabel("Branch, tag or commit")).isFocused();
            press(page, "Run");
            assertThat(page.locator(".run-facts .state")).hasText("Running");
            page.locator("run-jobs run-view").waitFor();
            to(page, page.locator(".job-list"));
            page.keyboard().press("End");
            assertThat(page.locator(".job-list button").last()).isFocused();
            page.keyboard().press("ArrowUp");
            page.keyboard().press("Enter");
            assertThat(page.locator(".log-count")).hasText("502 lines");
            to(page, page.getByRole(AriaRole.LOG));
            readTheLog(page);

            press(page, "Cancel");
            assertThat(page.locator(".run-facts .state")).hasText("Cancelled");
            press(page, "Run again");
            assertThat(page.locator(".run-facts .state")).hasText("Running");
            press(page, "Cancel");
            assertThat(page.locator(".run-facts .state")).hasText("Cancelled");
        }
    }

    private static void readTheLog(Page page) {
        var keys = page.keyboard();
        keys.press("Home");
        assertThat(numbered(page, 1)).isInViewport();
        keys.press("PageDown");
        assertThat(numbered(page, 1)).not().isInViewport();
        keys.press("PageUp");
        keys.press("ArrowDown");
        keys.press("ArrowUp");
        assertThat(numbered(page, 1)).isInViewport();
        keys.press("End");
        assertThat(numbered(page, 502)).isInViewport();
    }

    private static Locator numbered(Page page, int line) {
        return page.locator(".log-number[data-line='" + line + "']");
    }

    @Test
    void nothingKeepsPeopleFromUsingAPage() {
        try (var browsing = new Browsing()) {
            var page = browsing.page();
            page.navigate(war.address() + "/login");
            assertThat(page).hasTitle("Log in · Headrace");
            look(browsing, "login");
            logIn(page);
            Story.project(page, war, "seen", repository);
            Story.button(page, "Run now").click();
            Story.button(page, "Run").click();
            assertThat(page.locator(".run-facts .state")).hasText("Running");
            assertThat(page.locator(".log-row").first()).isVisible();
            var run = page.url().substring(war.address().length() + 1);
            for (var path :
                    new String[] {
                        run,
                        "",
                        "projects",
                        "projects/seen",
                        "projects/seen/secrets",
                        "add-project",
                        "queue",
                        "validator",
                        "profile",
                        "admin/plugins",
                        "admin/plugins/executor-process",
                        "admin/users",
                        "projects/unknown"
                    }) {
                page.navigate(war.address() + "/" + path);
                assertThat(page.locator("vaadin-app-layout h1")).isVisible();
                look(browsing, path);
            }
        }
    }

    private static void look(Browsing browsing, String path) {
        for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            browsing.colours(scheme);
            assertThat(Accessibility.violations(browsing.page()))
                    .as("'%s', %s", path, scheme)
                    .isEmpty();
        }
    }

    private static void logIn(Page page) {
        var name = page.locator("input[name=username]");
        name.waitFor();
        to(page, name);
        page.keyboard().type("ada");
        to(page, page.locator("input[name=password]"));
        page.keyboard().type(Story.PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.locator("vaadin-app-layout h1")).isVisible();
    }

    private static void press(Page page, String name) {
        var button = Story.button(page, name);
        button.waitFor();
        to(page, button);
        page.keyboard().press("Enter");
    }

    /** Goes on with Tab until {@code target} has the focus, and looks whether it shows that. */
    private static void to(Page page, Locator target) {
        target.waitFor();
        for (var i = 0; i < STOPS; i++) {
            if (hasFocus(target)) {
                assertThat(page.evaluate(FOCUS_SHOWS))
                        .as("%s shows its focus", target)
                        .isEqualTo(true);
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("No Tab leads to " + target);
    }

    private static boolean hasFocus(Locator target) {
        return Boolean.TRUE.equals(target.evaluate(HAS_FOCUS));
    }
}
