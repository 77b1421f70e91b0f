package io.headrace.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import io.headrace.ui.look.Empty;
import jakarta.servlet.http.HttpServletResponse;

/** What {@link UnknownPage} is for somebody who is logged in: in the frame, with its navigation. */
@ParentLayout(MainLayout.class)
@PageTitle("No such page · Headrace")
public final class MissingPage extends Main implements HasErrorParameter<MissingPage.Missing> {

    private static final long serialVersionUID = 1L;

    /** There is no page, and who asked is known. */
    public static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** Says that there is no page, and leaves the way on to {@code onward}. */
    static Empty words(Anchor onward) {
        return Empty.page(
                "There is no such page",
                "The address may be mistyped, or what it showed may have been deleted.",
                onward);
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Missing> parameter) {
        add(words(new Anchor("", "To the runs")));
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
