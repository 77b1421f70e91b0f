package io.headrace.ui.admin;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.plugin.PluginInfo;
import io.headrace.engine.plugin.Plugins;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;

/** One plugin: what it gives, and the settings of that. */
@Route(value = "admin/plugins/:plugin", layout = MainLayout.class)
@Needs(Permission.ADMINISTER)
public final class PluginPage extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1L;

    private final transient Plugins plugins;
    private final transient Visitor visitor;
    private String id = "";

    @Inject
    public PluginPage(Plugins plugins, Visitor visitor) {
        this.plugins = plugins;
        this.visitor = visitor;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        id = event.getRouteParameters().get("plugin").orElse("");
        removeAll();
        var plugin = plugins.find(id);
        if (plugin.isEmpty()) {
            event.rerouteToError(Refused.notFound("There is no plugin '%s'".formatted(id)), "");
            return;
        }
        show(plugin.get());
    }

    @Override
    public String getPageTitle() {
        return id + " · Headrace";
    }

    private void show(PluginInfo plugin) {
        var head = new PageHead();
        head.headline(Links.up("admin/plugins", "Plugins"), Links.between(), new Text(plugin.id()));
        var facts =
                new Div(
                        PluginsPage.state(plugin.state()),
                        new Span("version " + plugin.version()),
                        new Span(counted(plugin.usage().calls(), "call")),
                        new Span(counted(plugin.usage().errors(), "fault")),
                        hash(plugin.sha256()));
        facts.addClassName("run-facts");
        add(head, facts);
        if (!plugin.description().isEmpty()) {
            add(new Paragraph(plugin.description()));
        }
        if (plugin.reason() != null) {
            add(Notice.error(plugin.reason()));
        }
        plugin.warnings().forEach(warning -> add(Notice.warning(warning)));
        for (var extension : plugin.extensions()) {
            add(new H2("%s '%s'".formatted(extension.kind().label(), extension.name())));
            if (extension.problem() != null) {
                add(Notice.warning(extension.problem()));
            }
            if (extension.configurable()) {
                add(new SettingsForm(extension.id(), plugins, visitor));
            } else {
                var none = new Paragraph("It has no settings.");
                none.addClassName("muted");
                add(none);
            }
        }
    }

    private static String counted(long count, String what) {
        return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }

    private static Span hash(String sha256) {
        var hash = new Span(sha256.substring(0, Math.min(12, sha256.length())));
        hash.addClassName("mono");
        hash.setTitle("SHA-256 " + sha256);
        return hash;
    }
}
