package io.headrace.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Empty;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;

/** Stands at addresses where there is no page. Looks the same to everybody. */
@PageTitle("No such page · Headrace")
public final class UnknownPage extends Main implements HasErrorParameter<NotFoundException> {

    private static final long serialVersionUID = 1L;

    private final transient Visitor visitor;

    @Inject
    public UnknownPage(Visitor visitor) {
        this.visitor = visitor;
        addClassName("page");
    }

    @Override
    public int setErrorParameter(
            BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        var known = visitor.find().isPresent();
        add(
                Empty.page(
                        "There is no such page",
                        "The address may be mistyped, or what it showed may have been deleted.",
                        new Anchor(known ? "" : "login", known ? "To the runs" : "Log in")));
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
