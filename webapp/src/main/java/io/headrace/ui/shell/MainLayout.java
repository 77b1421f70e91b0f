package io.headrace.ui.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.NavigationTrigger;
import io.headrace.engine.access.Permission;
import io.headrace.engine.plugin.Plugins;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Links;
import io.headrace.web.access.WebSessions;
import jakarta.inject.Inject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frame: navigation at the left, the page beside it. */
public final class MainLayout extends AppLayout implements AfterNavigationObserver {

    private static final long serialVersionUID = 1L;

    private final transient Visitor visitor;
    private final transient Plugins plugins;
    private final transient WebSessions sessions;
    private final transient PluginPages pluginPages;
    private final Div navigation = new Div();
    private @Nullable AutoCloseable subscription;

    @Inject
    public MainLayout(
            Visitor visitor, Plugins plugins, WebSessions sessions, PluginPages pluginPages) {
        this.visitor = visitor;
        this.plugins = plugins;
        this.sessions = sessions;
        this.pluginPages = pluginPages;
        setPrimarySection(Section.NAVBAR);
        addToNavbar(bar());
        addToDrawer(navigation);
        fillNavigation();
    }

    private Header bar() {
        var skip = new Anchor("#content", "Skip to content");
        skip.addClassName("skip-link");
        skip.setRouterIgnore(true);
        // A fragment would be taken for a change of the address, which it need not be.
        skip.getElement()
                .executeJs(
                        "this.addEventListener('click', e => { e.preventDefault();"
                                + " document.getElementById('content')?.focus(); })");
        var toggle = new DrawerToggle();
        toggle.setAriaLabel("Navigation");
        var brand = new Anchor("", "Headrace");
        brand.addClassName("brand");
        var gap = new Div();
        gap.addClassName("bar-gap");
        var bar = new Header(skip, toggle, brand, gap, new ThemeSwitch(), account());
        bar.addClassName("bar");
        return bar;
    }

    private MenuBar account() {
        var menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY_INLINE);
        visitor.find().ifPresent(principal -> fill(menu.addItem(principal.name())));
        return menu;
    }

    private void fill(MenuItem account) {
        account.addClassNames("who");
        account.setAriaLabel("Account");
        account.getSubMenu().addItem(new Anchor("profile", "Profile and tokens"));
        account.getSubMenu().addItem("Log out", _ -> logOut());
    }

    private void logOut() {
        sessions.logout(Visitor.request());
        getUI().ifPresent(ui -> ui.getPage().setLocation("login"));
    }

    private void fillNavigation() {
        navigation.removeAll();
        var work = new SideNav();
        work.getElement().setAttribute("aria-label", "Main");
        var runs = item("Runs", "runs");
        runs.setPathAliases(Set.of(""));
        var projects = item("Projects", "projects");
        projects.setPathAliases(Set.of("add-project"));
        work.addItem(runs, projects, item("Queue", "queue"), item("Validator", "validator"));
        navigation.add(work);
        if (visitor.may(Permission.ADMINISTER)) {
            var administration = new SideNav("Administration");
            administration.addItem(item("Plugins", "admin/plugins"), item("Users", "admin/users"));
            for (var page : plugins.pages()) {
                administration.addItem(
                        item(page.title(), "admin/pages/" + Links.part(page.path())));
            }
            navigation.add(administration);
        }
    }

    private static SideNavItem item(String name, String address) {
        var item = new SideNavItem(name, address);
        item.setMatchNested(true);
        return item;
    }

    @Override
    public void setContent(@Nullable Component content) {
        if (content != null) {
            var element = content.getElement();
            element.getClassList().add("page");
            element.setAttribute("id", "content");
            element.setAttribute("tabindex", "-1");
        }
        super.setContent(content);
    }

    /** What had the focus may be gone with the page before; the next Tab starts in the new one. */
    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        if (event.getLocationChangeEvent().getTrigger() != NavigationTrigger.PAGE_LOAD) {
            getElement()
                    .executeJs(
                            "if (document.activeElement === document.body)"
                                    + " document.getElementById('content')?.focus({ preventScroll: true })");
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        subscription = pluginPages.onChange(event.getUI(), this::fillNavigation);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        PluginPages.end(subscription);
        subscription = null;
        super.onDetach(event);
    }

    /** Light, dark, or as the system says; see theme.js. */
    @Tag("theme-switch")
    private static final class ThemeSwitch extends Component {

        private static final long serialVersionUID = 1L;
    }
}
