package io.headrace.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Notices;
import jakarta.servlet.http.HttpServletResponse;

/** Stands where a page could not be made. What happened is for the log, not for visitors. */
@PageTitle("Not shown · Headrace")
public final class BrokenPage extends Main implements HasErrorParameter<Exception> {

    private static final long serialVersionUID = 1L;

    public BrokenPage() {
        addClassName("page");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        Notices.log(parameter.getCaughtException());
        add(
                Empty.page(
                        "This page could not be shown",
                        "There is a fault in the server; its log says more. Try again, or tell an"
                                + " administrator when it happened.",
                        new Anchor("", "To the runs")));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
