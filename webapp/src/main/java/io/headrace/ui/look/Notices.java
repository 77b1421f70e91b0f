package io.headrace.ui.look;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import io.headrace.engine.Refused;
import io.headrace.engine.access.LoginThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short messages at the edge of a page. Text only, never markup. */
public final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final int DONE_MILLIS = 4000;
    private static final int WRONG_MILLIS = 10_000;

    private final UI ui;

    private Notices(UI ui) {
        this.ui = ui;
    }

    /** Returns the notices of a page. */
    public static Notices of(UI ui) {
        return new Notices(ui);
    }

    /** Says that something was done. */
    public static void done(String message) {
        show(message, DONE_MILLIS).addThemeVariants(NotificationVariant.LUMO_SUCCESS);
    }

    /** Says what is wrong and what to do. */
    public static void wrong(String message) {
        show(message, WRONG_MILLIS).addThemeVariants(NotificationVariant.LUMO_ERROR);
    }

    /** Tells of an exception: what people can do about it, or else that it is in the log. */
    public void failed(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused || cause instanceof LoginThrottle.Throttled) {
                var message = String.valueOf(cause.getMessage());
                ui.accessSynchronously(() -> wrong(message));
                return;
            }
        }
        log(error);
        ui.accessSynchronously(() ->
                wrong("That did not work, because of a fault in the server. Its log says more."));
    }

    /** Writes an exception that nobody can be told of into the server's log. */
    public static void log(Throwable error) {
        LOG.error("A page failed", error);
    }

    private static Notification show(String message, int millis) {
        return Notification.show(message, millis, Notification.Position.BOTTOM_START);
    }
}
