package io.headrace.ui.look;

import com.vaadin.flow.component.html.Span;
import io.headrace.engine.run.Status;
import java.util.Locale;

/** A state: icon, colour and word. */
public final class StatusLabel extends Span {

    private static final long serialVersionUID = 1L;

    public StatusLabel(Status status) {
        addClassName("state");
        show(status);
    }

    /** Changes what is shown. */
    public void show(Status status) {
        getElement().setAttribute("data-status", status.name());
        setText(words(status));
    }

    /** Returns the word for people, such as {@code Succeeded}. */
    public static String words(Status status) {
        return status.name().charAt(0) + status.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
