package io.headrace.ui.admin;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.Permission;
import io.headrace.engine.plugin.PluginInfo;
import io.headrace.engine.plugin.Plugins;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Confirm;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Notices;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.shell.MainLayout;
import io.headrace.ui.shell.PluginPages;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plugins: what they give and whether they work; install, switch and remove them. */
@Route(value = "admin/plugins", layout = MainLayout.class)
@PageTitle("Plugins · Headrace")
@Needs(Permission.ADMINISTER)
public final class PluginsPage extends Main {

    private static final long serialVersionUID = 1L;

    private final transient Plugins plugins;
    private final transient Visitor visitor;
    private final transient PluginPages changes;
    private final UnorderedList list = new UnorderedList();
    private @Nullable AutoCloseable subscription;

    @Inject
    public PluginsPage(Plugins plugins, Visitor visitor, PluginPages changes) {
        this.plugins = plugins;
        this.visitor = visitor;
        this.changes = changes;
        list.addClassName("rows");
        add(new PageHead("Plugins"), new PluginUpload(plugins, visitor), list);
        show();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        subscription = changes.onChange(event.getUI(), this::show);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        PluginPages.end(subscription);
        subscription = null;
        super.onDetach(event);
    }

    private void show() {
        list.removeAll();
        plugins.list().forEach(plugin -> list.add(row(plugin)));
    }

    private ListItem row(PluginInfo plugin) {
        var title = new Div(new Anchor("admin/plugins/" + Links.part(plugin.id()), plugin.id()));
        title.addClassName("row-title");
        title.add(muted(" " + plugin.version()));
        var main = new Div(title);
        main.addClassName("row-main");
        if (!plugin.description().isEmpty()) {
            main.add(note(plugin.description()));
        }
        main.add(note(about(plugin)));
        if (plugin.reason() != null) {
            main.add(note(plugin.reason()));
        }
        plugin.warnings().forEach(warning -> main.add(note(warning)));
        var side = new Div(state(plugin.state()));
        side.addClassName("row-actions");
        if (plugin.state() == PluginInfo.State.STARTED) {
            side.add(button("Disable", plugin, () -> plugins.disable(plugin.id())));
        } else {
            side.add(button("Enable", plugin, () -> plugins.enable(plugin.id())));
        }
        if (plugin.origin() == PluginInfo.Origin.INSTALLED) {
            side.add(button("Uninstall", plugin, () -> uninstall(plugin)));
        }
        return new ListItem(main, side);
    }

    private Button button(String name, PluginInfo plugin, Runnable action) {
        var button =
                new Button(
                        name,
                        _ -> {
                            visitor.require(Permission.ADMINISTER);
                            action.run();
                            show();
                        });
        button.setAriaLabel("%s %s".formatted(name, plugin.id()));
        return button;
    }

    private void uninstall(PluginInfo plugin) {
        Confirm.ask(
                "Uninstall '%s'?".formatted(plugin.id()),
                "Pipelines that use it fail from now on. Its settings and files are kept.",
                "Uninstall",
                () -> {
                    visitor.require(Permission.ADMINISTER);
                    try {
                        plugins.uninstall(plugin.id());
                        Notices.done("Plugin '%s' is uninstalled".formatted(plugin.id()));
                    } catch (IOException e) {
                        Notices.log(e);
                        Notices.wrong(
                                "The file of '%s' can't be deleted: %s"
                                        .formatted(plugin.id(), e.getMessage()));
                    }
                    show();
                });
    }

    private static String about(PluginInfo plugin) {
        var gives =
                plugin.extensions().stream()
                        .map(one -> "%s '%s'".formatted(one.kind().label(), one.name()))
                        .collect(Collectors.joining(", "));
        var origin =
                plugin.origin() == PluginInfo.Origin.BUNDLED
                        ? "comes with Headrace"
                        : plugin.provider().isEmpty()
                                ? "installed"
                                : "installed, by " + plugin.provider();
        return gives.isEmpty() ? origin : gives + " · " + origin;
    }

    static Span state(PluginInfo.State state) {
        var label =
                new Span(
                        switch (state) {
                            case STARTED -> "Works";
                            case DISABLED -> "Disabled";
                            case FAILED -> "Failed";
                        });
        label.addClassName("state");
        label.getElement()
                .setAttribute(
                        "data-status",
                        switch (state) {
                            case STARTED -> "SUCCEEDED";
                            case DISABLED -> "CANCELLED";
                            case FAILED -> "FAILED";
                        });
        return label;
    }

    private static Div note(String text) {
        var note = new Div(text);
        note.addClassName("row-note");
        return note;
    }

    private static Span muted(String text) {
        var span = new Span(text);
        span.addClassName("muted");
        return span;
    }
}
