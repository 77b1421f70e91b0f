package io.headrace.ui.access;

import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.communication.IndexHtmlRequestListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import io.headrace.ui.Assets;
import java.util.List;
import org.jsoup.nodes.Element;

/**
 * Puts our own scripts, styles and icon into the page. The scripts come before Vaadin's: what they
 * fetch for the page of a run is on its way while Vaadin starts.
 */
final class HeadTags implements IndexHtmlRequestListener {

    private static final long serialVersionUID = 1L;

    /** All that the page of a run needs, so that it is not found one by one. */
    private static final List<String> MODULES =
            List.of(
                    "run-early",
                    "run-choice",
                    "log-source",
                    "times",
                    "words",
                    "ansi",
                    "log-scroll",
                    "log-find",
                    "log-find-box",
                    "log-viewer",
                    "one-stop",
                    "run-artifacts",
                    "run-failure",
                    "run-graph",
                    "run-job",
                    "run-jobs",
                    "run-view");

    @Override
    public void modifyIndexHtmlResponse(IndexHtmlResponse response) {
        var request = ((VaadinServletRequest) response.getVaadinRequest()).getHttpServletRequest();
        var assets = "./" + Assets.base(request.getServletContext());
        // Until a page says its own.
        response.getDocument().title("Headrace");
        var head = response.getDocument().head();
        head.appendElement("link")
                .attr("rel", "stylesheet")
                .attr("href", assets + "css/headrace.css");
        head.appendElement("link")
                .attr("rel", "icon")
                .attr("type", "image/svg+xml")
                .attr("href", assets + "icons/headrace.svg");
        var scripts = head.selectFirst("script[type=module]");
        insert(scripts, new Element("script").attr("src", assets + "js/theme.js"));
        insert(
                scripts,
                new Element("script")
                        .attr("type", "module")
                        .attr("src", assets + "js/run-early.js"));
        for (var module : MODULES) {
            insert(
                    scripts,
                    new Element("link")
                            .attr("rel", "modulepreload")
                            .attr("href", assets + "js/" + module + ".js"));
        }
    }

    private static void insert(@org.jspecify.annotations.Nullable Element before, Element tag) {
        if (before == null) {
            throw new IllegalStateException("Vaadin's page has no module");
        }
        before.before(tag);
    }
}
