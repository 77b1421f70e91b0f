package io.headrace.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.headrace.engine.Refused;
import io.headrace.ui.look.Empty;
import jakarta.servlet.http.HttpServletResponse;

/** Says what was wrong with an address, and what to do. */
@ParentLayout(MainLayout.class)
public final class ErrorPage extends Main implements HasErrorParameter<Refused>, HasDynamicTitle {

    private static final long serialVersionUID = 1L;

    private String headline = "";

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Refused> parameter) {
        var refused = parameter.getException();
        var notAllowed = refused.why() == Refused.Why.NOT_ALLOWED;
        headline = notAllowed ? "Not for you" : "Nothing here";
        add(Empty.page(headline, refused.getMessage(), new Anchor("", "To the runs")));
        return notAllowed ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_NOT_FOUND;
    }

    @Override
    public String getPageTitle() {
        return headline + " · Headrace";
    }
}
