package io.headrace.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import io.headrace.ui.access.Visitor;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Stands at addresses where there is no page. Says so to anybody; whoever is logged in gets {@link
 * MissingPage}.
 */
@PageTitle("No such page · Headrace")
public final class UnknownPage extends Main
        implements HasErrorParameter<NotFoundException>, BeforeEnterObserver {

    private static final long serialVersionUID = 1L;

    private final transient Visitor visitor;

    @Inject
    public UnknownPage(Visitor visitor) {
        this.visitor = visitor;
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (visitor.find().isPresent()) {
            event.rerouteToError(new MissingPage.Missing(), "");
        }
    }

    @Override
    public int setErrorParameter(
            BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        add(MissingPage.words(new Anchor("login", "Log in")));
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
