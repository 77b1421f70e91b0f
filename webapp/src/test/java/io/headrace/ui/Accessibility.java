package io.headrace.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What axe-core finds on a page that keeps people from using it. */
final class Accessibility {

    private static final String ASK =
            """
            async () => {
              // Colours that still change would be measured half way.
              await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
              const inside = (root) => [...root.querySelectorAll('*')].flatMap(
                (one) => (one.shadowRoot ? roots(one.shadowRoot) : []));
              const roots = (root) => [root, ...inside(root)];
              await Promise.allSettled(roots(document)
                .flatMap((root) => root.getAnimations())
                .filter((one) => one.effect.getTiming().iterations !== Infinity)
                .map((one) => one.finished));
              // Vaadin's sign of a lost connection is outside of all that is the page's.
              const what = { exclude: ['vaadin-connection-indicator'] };
              const found = await axe.run(what, { resultTypes: ['violations'] });
              const why = (node) => [...node.any, ...node.all, ...node.none][0]?.message ?? '';
              return found.violations
                .filter((one) => one.impact !== 'minor')
                .flatMap((one) => one.nodes.map(
                  (node) => `${one.id}: ${node.html.slice(0, 160)}: ${why(node)}`));
            }
            """;

    private static final String AXE = script();

    private Accessibility() {}

    /** Returns the serious violations on the page as it is now, one sentence each. */
    @SuppressWarnings("unchecked") // The script returns an array of strings.
    static List<String> violations(Page page) {
        page.evaluate(AXE);
        return (List<String>) page.evaluate(ASK);
    }

    private static String script() {
        try (var in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
