package io.headrace.ui.access;

import com.vaadin.flow.server.communication.IndexHtmlRequestListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Tells the browser to run only scripts of this server. Vaadin compiles small functions in the
 * browser, which needs {@code 'unsafe-eval'}, and writes styles into elements; scripts within the
 * page need the nonce of this one answer, so text that somebody smuggles in is never run.
 */
final class ContentPolicy implements IndexHtmlRequestListener {

    private static final long serialVersionUID = 1L;
    private static final int NONCE_BYTES = 18;

    private final transient SecureRandom random = new SecureRandom();

    @Override
    public void modifyIndexHtmlResponse(IndexHtmlResponse response) {
        var bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        response.getDocument()
                .getElementsByTag("script")
                .forEach(script -> script.attr("nonce", nonce));
        response.getVaadinResponse()
                .setHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; script-src 'self' 'nonce-"
                                + nonce
                                + "' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
                                + " img-src 'self' data:; font-src 'self' data:; connect-src 'self';"
                                + " object-src 'none'; base-uri 'self'; form-action 'self';"
                                + " frame-ancestors 'none'");
    }
}
