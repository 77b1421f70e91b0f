package io.headrace.web;

import io.headrace.web.http.Exchange;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.uri.UriComponent;

/**
 * Serves all routes, whatever prefix they have: the whole path below the context is matched, where
 * Jersey would leave out the part that the servlet is mapped to.
 */
final class ApiServlet extends ServletContainer {

    private static final long serialVersionUID = 1L;

    ApiServlet(ResourceConfig config) {
        super(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        URI base;
        URI asked;
        try {
            var url = new URI(request.getRequestURL().toString());
            var query = request.getQueryString();
            var encoded =
                    query == null
                            ? ""
                            : "?" + UriComponent.contextualEncode(query, UriComponent.Type.QUERY);
            asked = new URI(url + encoded);
            base = url.resolve(request.getContextPath() + "/");
        } catch (URISyntaxException e) {
            response.sendError(400, "The address is malformed");
            return;
        }
        var exchange = new Exchange();
        service(base, asked, exchange.request(request), exchange.response(response));
    }
}
