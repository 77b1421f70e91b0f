package io.headrace.ui.admin;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.headrace.api.AdminPage;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.plugin.Plugins;
import io.headrace.ui.access.Needs;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.shell.MainLayout;
import io.headrace.ui.shell.PluginPages;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the page that a plugin brings, as long as it brings it. */
@Route(value = "admin/pages/:path", layout = MainLayout.class)
@Needs(Permission.ADMINISTER)
public final class PluginViewPage extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1L;

    private final transient Plugins plugins;
    private final transient PluginPages changes;
    private final Div place = new Div();
    private String path = "";
    private String title = "";
    private @Nullable AutoCloseable subscription;

    @Inject
    public PluginViewPage(Plugins plugins, PluginPages changes) {
        this.plugins = plugins;
        this.changes = changes;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        path = event.getRouteParameters().get("path").orElse("");
        var page = page();
        if (page.isEmpty()) {
            event.rerouteToError(
                    Refused.notFound(
                            "No plugin brings a page '%s'; it may have been disabled"
                                    .formatted(path)),
                    "");
            return;
        }
        title = page.get().title();
        removeAll();
        place.removeAll();
        place.add(view(page.get()));
        add(new PageHead(title), place);
    }

    @Override
    public String getPageTitle() {
        return title + " · Headrace";
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        subscription = changes.onChange(event.getUI(), this::renew);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        PluginPages.end(subscription);
        subscription = null;
        place.removeAll();
        super.onDetach(event);
    }

    /** The plugin may be another one now, or gone: nothing of the old one may stay here. */
    private void renew() {
        place.removeAll();
        var page = page();
        place.add(
                page.isPresent()
                        ? view(page.get())
                        : new Empty(
                                "This page is gone",
                                "The plugin that brought it was disabled or uninstalled.",
                                new Anchor("admin/plugins", "To the plugins")));
    }

    private Optional<AdminPage> page() {
        return plugins.pages().stream().filter(one -> one.path().equals(path)).findFirst();
    }

    private Component view(AdminPage page) {
        return plugins.newView(page.view())
                .filter(Component.class::isInstance)
                .map(Component.class::cast)
                .orElseGet(() ->
                        new Empty(
                                "This page does not work",
                                "The plugin's view is no Vaadin component; tell the plugin's author."));
    }
}
