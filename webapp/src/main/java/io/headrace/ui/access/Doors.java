package io.headrace.ui.access;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorHandler;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinRequestInterceptor;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinSession;
import io.headrace.ui.look.Notices;
import io.headrace.web.access.WebSessions;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the guards into place when the pages start. Vaadin finds it by {@code META-INF/services}.
 */
public final class Doors implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    @Override
    public void serviceInit(ServiceInitEvent event) {
        var beans = CDI.current();
        var guard = new AccessGuard(beans.select(Visitor.class).get());
        var service = event.getSource();
        service.addUIInitListener(opened -> opened.getUI().addBeforeEnterListener(guard));
        service.addSessionInitListener(begun -> begun.getSession().setErrorHandler(tell()));
        event.addVaadinRequestInterceptor(new Ended(beans.select(WebSessions.class).get()));
        event.addIndexHtmlRequestListener(new HeadTags());
        event.addIndexHtmlRequestListener(new ContentPolicy());
    }

    /** What becomes of an exception that nobody caught. */
    static ErrorHandler tell() {
        return error -> {
            var ui = UI.getCurrent();
            if (error.getThrowable() instanceof IOException gone) {
                // Listeners can't throw it, so it is the container's: the browser has left.
                LOG.debug("A browser left before it had its answer", gone);
            } else if (ui != null) {
                Notices.of(ui).failed(error.getThrowable());
            } else {
                Notices.log(error.getThrowable());
            }
        };
    }

    /**
     * Ends the session of somebody whose login has ended since, for instance because they were
     * locked out: pages that are open in it must not go on.
     */
    private static final class Ended implements VaadinRequestInterceptor {

        private static final long serialVersionUID = 1L;

        private final transient WebSessions sessions;

        Ended(WebSessions sessions) {
            this.sessions = sessions;
        }

        @Override
        public void requestStart(VaadinRequest request, VaadinResponse response) {
            if (request instanceof VaadinServletRequest wrapped) {
                var http = wrapped.getHttpServletRequest();
                if (sessions.csrf(http).isPresent() && sessions.of(http).isEmpty()) {
                    sessions.logout(http);
                }
            }
        }

        @Override
        public void handleException(
                VaadinRequest request,
                VaadinResponse response,
                @Nullable VaadinSession session,
                Exception error) {}

        @Override
        public void requestEnd(
                VaadinRequest request, VaadinResponse response, @Nullable VaadinSession session) {}
    }
}
