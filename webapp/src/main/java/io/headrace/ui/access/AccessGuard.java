package io.headrace.ui.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterListener;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.QueryParameters;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import java.util.Map;

/** Lets visitors into a page if they may do what it {@link Needs}. */
final class AccessGuard implements BeforeEnterListener {

    private static final long serialVersionUID = 1L;

    private final transient Visitor visitor;

    AccessGuard(Visitor visitor) {
        this.visitor = visitor;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var page = event.getNavigationTarget();
        if (isOpen(page)) {
            return;
        }
        var principal = visitor.find();
        if (principal.isEmpty()) {
            event.forwardTo("login", QueryParameters.simple(Map.of("next", address(event))));
        } else if (!principal.get().may(needed(page))) {
            event.rerouteToError(
                    new Refused(
                            Refused.Why.NOT_ALLOWED,
                            "'%s' is %s here, and may not see this page. Ask an administrator."
                                    .formatted(principal.get().name(), principal.get().role())),
                    "");
        }
    }

    /** What tells of errors says nothing that its reader did not send. */
    private static boolean isOpen(Class<?> page) {
        return page.isAnnotationPresent(Open.class)
                || HasErrorParameter.class.isAssignableFrom(page);
    }

    /** Returns what a page needs; the most there is if it does not say. */
    static Permission needed(Class<? extends Component> page) {
        var needs = page.getAnnotation(Needs.class);
        return needs == null ? Permission.ADMINISTER : needs.value();
    }

    private static String address(BeforeEnterEvent event) {
        return event.getLocation().getPathWithQueryParameters();
    }
}
