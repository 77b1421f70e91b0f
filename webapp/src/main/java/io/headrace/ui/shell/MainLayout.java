package io.headrace.ui.shell;

import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.html.H1;

/** The frame: navigation at the left, the page beside it. */
public final class MainLayout extends AppLayout {

    private static final long serialVersionUID = 1L;

    public MainLayout() {
        addToNavbar(new H1("Headrace"));
    }
}
