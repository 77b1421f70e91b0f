package io.headrace.ui.shell;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.Route;

/** What one sees first. */
@Route(value = "", layout = MainLayout.class)
public final class HomePage extends Main {

    private static final long serialVersionUID = 1L;

    public HomePage() {
        add("No projects yet.");
    }
}
