package io.headrace.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes the README's pictures of the demo's pipeline, see CONTRIBUTING. */
@EnabledIfSystemProperty(named = "headrace.screenshots", matches = ".+")
class ScreenshotsIT {

    private static final int RUNS = 3;

    @Test
    void thePagesLookLikeThis(@TempDir Path folder) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(120_000);
        var pictures = Path.of(System.getProperty("headrace.screenshots"));
        var repository = folder.resolve("demo");
        copy(Path.of("..", "docs", "examples", "demo"), repository);
        Story.commit(repository, "Say hello in two languages");
        try (var war = RunningWar.in(folder.resolve("home"));
                var browsing = new Browsing()) {
            var page = browsing.page();
            Story.firstAdministrator(page, war);
            Story.project(page, war, "demo", repository);
            for (var i = 0; i < RUNS; i++) {
                page.navigate(war.address() + "/projects/demo");
                Story.button(page, "Run now").click();
                Story.button(page, "Run").click();
                assertThat(page.locator(".run-facts .state")).hasText("Succeeded");
            }
            var run = page.url();
            for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                browsing.colours(scheme);
                for (var width : new int[] {1440, 390}) {
                    browsing.size(width, width == 1440 ? 900 : 844);
                    var name =
                            "-%d-%s.png".formatted(width, scheme.name().toLowerCase(Locale.ROOT));
                    page.navigate(run);
                    assertThat(page.locator("run-jobs .log-row").first()).isVisible();
                    take(page, pictures.resolve("run" + name));
                    page.navigate(war.address() + "/runs");
                    assertThat(page.getByText("#" + RUNS).first()).isVisible();
                    take(page, pictures.resolve("runs" + name));
                    page.navigate(war.address() + "/validator");
                    assertThat(page.getByText("The file is right")).isVisible();
                    take(page, pictures.resolve("validator" + name));
                }
            }
        }
    }

    private static void take(Page page, Path file) {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(file)
                        .setAnimations(ScreenshotAnimations.DISABLED));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
