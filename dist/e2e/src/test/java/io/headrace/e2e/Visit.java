package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One person with a browser. Remembers all that went wrong in it. One thread. */
final class Visit implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final double PATIENCE_MILLIS = 30_000;

    private final Playwright playwright;
    private final BrowserContext context;
    private final Page page;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    private Visit(Playwright playwright, BrowserContext context, Page page) {
        this.playwright = playwright;
        this.context = context;
        this.page = page;
    }

    /** Opens a browser at {@code url}. */
    static Visit begin(String url) {
        var playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            var context =
                    playwright
                            .chromium()
                            .launch(
                                    new BrowserType.LaunchOptions()
                                            .setExecutablePath(CHROMIUM)
                                            .setArgs(
                                                    List.of(
                                                            "--no-sandbox",
                                                            "--disable-gpu",
                                                            "--no-first-run",
                                                            "--disable-background-networking")))
                            .newContext(
                                    new Browser.NewContextOptions()
                                            .setBaseURL(url)
                                            .setLocale("en-GB")
                                            .setColorScheme(ColorScheme.LIGHT)
                                            .setViewportSize(1440, 900));
            context.setDefaultTimeout(PATIENCE_MILLIS);
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
            var visit = new Visit(playwright, context, context.newPage());
            visit.watch();
            return visit;
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    private void watch() {
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add("console: %s (%s)".formatted(message.text(), message.location()));
            }
        });
        context.onWebError(error -> faults.add("script: " + error.error()));
        context.onResponse(response -> {
            if (response.status() >= 400) {
                faults.add("HTTP %d: %s".formatted(response.status(), response.url()));
            }
        });
    }

    Page page() {
        return page;
    }

    /** Returns the one control that is called exactly {@code name}. */
    Locator control(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void press(String button) {
        control(AriaRole.BUTTON, button).click();
    }

    void follow(String link) {
        control(AriaRole.LINK, link).click();
    }

    void fill(String label, String text) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(text);
    }

    /** Fails if a page logged an error or anything that it asked for was refused. */
    void assertNothingWentWrong() {
        assertThat(faults).isEmpty();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
