package io.headrace.ui.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** What stands where a list would be: why there is nothing, and what to do next. */
public final class Empty extends Div {

    private static final long serialVersionUID = 1L;

    public Empty(String headline, String advice, Component... actions) {
        this(new H2(headline), advice, actions);
    }

    private Empty(Component headline, String advice, Component... actions) {
        addClassName("empty");
        add(headline, new Paragraph(advice));
        add(actions);
    }

    /** Returns what stands where a whole page would be. */
    public static Empty page(String headline, String advice, Component... actions) {
        return new Empty(new H1(headline), advice, actions);
    }
}
