package io.headrace.ui.access;

import com.vaadin.flow.server.communication.IndexHtmlRequestListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;

/** Puts our own script and icon into the page, before Vaadin's. */
final class HeadTags implements IndexHtmlRequestListener {

    private static final long serialVersionUID = 1L;

    @Override
    public void modifyIndexHtmlResponse(IndexHtmlResponse response) {
        var head = response.getDocument().head();
        head.appendElement("link")
                .attr("rel", "icon")
                .attr("type", "image/svg+xml")
                .attr("href", "./icons/headrace.svg");
        head.appendElement("script").attr("src", "./js/theme.js");
    }
}
