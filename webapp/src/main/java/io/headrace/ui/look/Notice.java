package io.headrace.ui.look;

import com.vaadin.flow.component.html.Div;

/** A message that stays on the page. */
public final class Notice extends Div {

    private static final long serialVersionUID = 1L;

    private Notice(String kind, String text) {
        addClassName("notice");
        getElement().setAttribute("data-kind", kind);
        getElement().setAttribute("role", kind.equals("error") ? "alert" : "status");
        setText(text);
    }

    public static Notice info(String text) {
        return new Notice("info", text);
    }

    public static Notice warning(String text) {
        return new Notice("warning", text);
    }

    public static Notice error(String text) {
        return new Notice("error", text);
    }
}
