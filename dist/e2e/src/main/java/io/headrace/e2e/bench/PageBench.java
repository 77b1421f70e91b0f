package io.headrace.e2e.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import io.headrace.e2e.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What somebody with a browser waits for on the page of a run whose log is long: logged in, and
 * with what the browser keeps of earlier visits. Times are the browser's own, from the begin of a
 * navigation to the frame in which the line is painted.
 */
final class PageBench implements AutoCloseable {

    private static final int TIMES = 9;
    private static final double PATIENCE_MILLIS = 60_000;

    /** Notes when the frame after the one that shows the wanted line begins. */
    private static final String WATCH =
            """
            (() => {
              window.waitForLine = (begin, selector, text) => {
                window.painted = null;
                const look = () => {
                  const view = document.querySelector('.log-view');
                  const row = view && [...view.querySelectorAll(selector)].find(
                      (row) => row.textContent.includes(text));
                  const box = row && row.getBoundingClientRect();
                  const frame = row && view.getBoundingClientRect();
                  if (row && box.height > 0 && box.top >= frame.top - 1
                      && box.bottom <= frame.bottom + 1) {
                    requestAnimationFrame(() => {
                      window.painted = performance.now() - begin;
                    });
                  } else {
                    requestAnimationFrame(look);
                  }
                };
                look();
              };
              const wanted = sessionStorage.getItem('wanted');
              if (wanted) {
                window.waitForLine(0, ...JSON.parse(wanted));
              }
            })()
            """;

    /**
     * Scrolls through the log, a little less than a window at a time, and measures each frame.
     * Begins when the page has come to rest: what is asked here is not how long it takes to open.
     */
    private static final String SCROLL =
            """
            () => new Promise((resolve) => {
              const view = document.querySelector('.log-view');
              const gaps = [];
              let before = performance.now();
              let left = 240;
              let calm = 0;
              const rest = (now) => {
                calm = now - before < 25 ? calm + 1 : 0;
                before = now;
                if (calm < 10) {
                  requestAnimationFrame(rest);
                } else {
                  view.scrollTop = 0;
                  requestAnimationFrame(step);
                }
              };
              const step = (now) => {
                gaps.push(now - before);
                before = now;
                left--;
                if (left === 0) {
                  resolve(Math.max(...gaps.slice(2)));
                  return;
                }
                // First like a wheel, then like a bar that is dragged through all of it.
                view.scrollTop = left > 120
                  ? view.scrollTop + view.clientHeight * 0.8
                  : (1 - left / 120) * view.scrollHeight;
                requestAnimationFrame(step);
              };
              requestAnimationFrame(rest);
            })
            """;

    private final Playwright playwright;
    private final Page page;
    private final String url;

    private PageBench(Playwright playwright, Page page, String url) {
        this.playwright = playwright;
        this.page = page;
        this.url = url;
    }

    /** Opens a browser and makes the server's first administrator. */
    static PageBench of(ServerProcess server) throws IOException {
        var playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var page =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                                        .setArgs(List.of("--no-sandbox", "--disable-gpu")))
                        .newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))
                        .newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.addInitScript(WATCH);
        var bench = new PageBench(playwright, page, server.url());
        bench.logIn(server.setupLink());
        return bench;
    }

    private void logIn(String setup) {
        page.navigate(setup);
        page.getByLabel("Name").fill("ada");
        page.getByLabel("Password", exactly()).fill("correct horse battery");
        page.getByLabel("Password again").fill("correct horse battery");
        press("Create administrator");
        page.waitForURL(address -> !address.contains("setup"));
    }

    /** Returns the milliseconds until {@code text} is seen in the log of a run's page. */
    double open(String path, String row, String text) {
        return median(() -> {
            page.evaluate(
                    "wanted => sessionStorage.setItem('wanted', JSON.stringify(wanted))",
                    List.of(row, text));
            // A page of the same server keeps the session storage, and none of our scripts run.
            page.navigate(url + "/icons/headrace.svg");
            page.navigate(
                    url + path,
                    new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
            return painted();
        });
    }

    /** Like {@link #open}, by a click on the run in the list of runs. */
    double click(String run, String row, String text) {
        page.evaluate("sessionStorage.removeItem('wanted')");
        return median(() -> {
            page.navigate(url + "/runs");
            var link = page.locator("a[href$='" + run.substring(1) + "']").first();
            link.waitFor();
            page.evaluate(
                    "wanted => addEventListener('click', e => window.waitForLine(performance.now(), ...wanted), true)",
                    List.of(row, text));
            link.click();
            return painted();
        });
    }

    /**
     * Returns the longest time between two frames while the log is scrolled through: the median of
     * some visits, each with nothing loaded yet. A pause that the page makes is in each of them.
     */
    double longestFrame(String path) {
        return median(() -> {
            page.navigate(url + path);
            page.locator(".log-row").first().waitFor();
            return ((Number) page.evaluate(SCROLL)).doubleValue();
        });
    }

    private double painted() {
        page.waitForFunction("window.painted !== null && window.painted !== undefined");
        return ((Number) page.evaluate("window.painted")).doubleValue();
    }

    private static double median(java.util.function.DoubleSupplier measure) {
        var _ = measure.getAsDouble();
        var _ = measure.getAsDouble();
        var times = new double[TIMES];
        Arrays.setAll(times, _ -> measure.getAsDouble());
        Arrays.sort(times);
        return times[TIMES / 2];
    }

    private void press(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    @Override
    public void close() {
        page.context().browser().close();
        playwright.close();
    }
}
