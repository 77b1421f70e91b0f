package io.headrace.ui.access;

import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedHttpSession;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Principal;
import io.headrace.ui.cdi.OnlyOne;
import io.headrace.web.access.WebSessions;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whoever uses the page that the current thread works for. What they may do is looked up each time,
 * so a change of their account holds at once, also in pages that are open.
 */
@OnlyOne
public class Visitor {

    private final WebSessions sessions;

    @Inject
    public Visitor(WebSessions sessions) {
        this.sessions = sessions;
    }

    /** Returns who it is; empty if nobody is logged in. */
    public Optional<Principal> find() {
        return Optional.ofNullable(session()).flatMap(sessions::of);
    }

    /**
     * Returns who it is.
     *
     * @throws Refused if nobody is logged in (any more)
     */
    public Principal get() {
        return find().orElseThrow(() ->
                new Refused(Refused.Why.NOT_ALLOWED, "You are logged out; log in again"));
    }

    /** Returns whether they may do it. */
    public boolean may(Permission permission) {
        return find().filter(principal -> principal.may(permission)).isPresent();
    }

    /**
     * Returns who it is, if they may do it. To be called by everything that changes something.
     *
     * @throws Refused if they may not
     */
    public Principal require(Permission permission) {
        var principal = get();
        if (!principal.may(permission)) {
            throw new Refused(
                    Refused.Why.NOT_ALLOWED,
                    "'%s' is %s here; that needs the permission %s. Ask an administrator."
                            .formatted(principal.name(), principal.role(), permission));
        }
        return principal;
    }

    /**
     * Returns the request that the current thread answers.
     *
     * @throws IllegalStateException if it answers none
     */
    public static HttpServletRequest request() {
        var request = VaadinServletRequest.getCurrent();
        if (request == null) {
            throw new IllegalStateException("There is no request");
        }
        return request.getHttpServletRequest();
    }

    private static @Nullable HttpSession session() {
        var session = VaadinSession.getCurrent();
        if (session != null && session.getSession() instanceof WrappedHttpSession wrapped) {
            return wrapped.getHttpSession();
        }
        var request = VaadinServletRequest.getCurrent();
        return request == null ? null : request.getHttpServletRequest().getSession(false);
    }
}
