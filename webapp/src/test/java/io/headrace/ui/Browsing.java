package io.headrace.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real browser, which remembers what its console complains about. */
final class Browsing implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private static final String STICKS_OUT =
            """
            () => {
              const kept = (one) => one.tagName === 'MAIN' ? false
                : getComputedStyle(one).overflowX !== 'visible' || kept(one.parentElement);
              return document.documentElement.scrollWidth > innerWidth
                || [...document.querySelectorAll('main *')].some(
                  (one) => one.getBoundingClientRect().right > innerWidth + 1 && !kept(one));
            }
            """;

    private final Playwright playwright;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Browsing() {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        context =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--no-first-run",
                                                        "--disable-background-networking")))
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(1440, 900)
                                        .setReducedMotion(ReducedMotion.REDUCE));
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.setDefaultNavigationTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    Page page() {
        return page;
    }

    /** Returns the errors that the browser's console showed so far. */
    List<String> complaints() {
        return complaints;
    }

    void size(int width, int height) {
        page.setViewportSize(width, height);
    }

    void colours(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** Returns whether something sticks out of the window at its side, other than what scrolls. */
    boolean scrollsSideways() {
        return Boolean.TRUE.equals(page.evaluate(STICKS_OUT));
    }

    @Override
    public void close() {
        context.browser().close();
        playwright.close();
    }
}
