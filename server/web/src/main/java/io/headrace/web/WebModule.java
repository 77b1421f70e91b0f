package io.headrace.web;

import io.headrace.web.access.WebSessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionTrackingMode;
import java.util.EnumSet;
import java.util.Set;

/** Puts REST, streams and badges into a servlet context. */
public final class WebModule {

    static final String SESSION_COOKIE = "HEADRACE_SESSION";

    private static final String[] API = {
        "/api/*", "/v1/*", "/health/*", "/metrics", "/badge/*", "/schema/*", "/queue/stats"
    };

    private WebModule() {}

    /**
     * Registers a filter and a servlet, and sets up sessions. To be called while the context
     * starts, by an initializer or by a listener that the deployment descriptor or an annotation
     * names.
     *
     * @return the sessions, for the pages
     */
    public static WebSessions install(
            ServletContext context, Services services, WebSettings settings) {
        var sessions = new WebSessions(services.accounts());
        configureSessions(context, settings);
        var front =
                context.addFilter(
                        "headrace-front", new FrontFilter(services.first(), settings.trustProxy()));
        front.setAsyncSupported(true);
        front.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");

        var config = new HeadraceApi(services, sessions, settings).config();
        var api = context.addServlet("headrace-api", new ApiServlet(config));
        api.setAsyncSupported(true);
        api.setLoadOnStartup(1);
        api.addMapping(API);
        return sessions;
    }

    private static void configureSessions(ServletContext context, WebSettings settings) {
        context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        context.setSessionTimeout((int) settings.sessionLength().toMinutes());
        var cookie = context.getSessionCookieConfig();
        cookie.setName(SESSION_COOKIE);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
    }
}
