package io.headrace.ui.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;

/** The top of a page: its headline, and actions beside it. */
public final class PageHead extends Div {

    private static final long serialVersionUID = 1L;

    private final H1 headline = new H1();
    private final Div actions = new Div();

    public PageHead(String headline) {
        this();
        headline(new com.vaadin.flow.component.Text(headline));
    }

    public PageHead() {
        addClassName("page-head");
        actions.addClassName("actions");
        add(headline, actions);
    }

    /** Sets the headline to {@code parts}, such as a link up and a name. */
    public PageHead headline(Component... parts) {
        headline.removeAll();
        headline.add(parts);
        return this;
    }

    /** Puts these, and nothing else, beside the headline. */
    public PageHead actions(Component... components) {
        actions.removeAll();
        actions.add(components);
        return this;
    }
}
