package io.headrace.ui.project;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Projects;
import io.headrace.engine.secret.Secrets;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;

/** What a project keeps secret: values for its jobs, and the login at its repository. */
@Route(value = "projects/:project/secrets", layout = MainLayout.class)
@Needs(Permission.CONFIGURE)
public final class SecretsPage extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1L;

    private final transient Projects projects;
    private final transient Secrets secrets;
    private final transient SourceLogins logins;
    private final transient Visitor visitor;
    private final PageHead head = new PageHead();
    private final Div content = new Div();
    private String name = "";

    @Inject
    public SecretsPage(Projects projects, Secrets secrets, SourceLogins logins, Visitor visitor) {
        this.projects = projects;
        this.secrets = secrets;
        this.logins = logins;
        this.visitor = visitor;
        add(head, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        name = event.getRouteParameters().get("project").orElse("");
        try {
            var project = projects.get(name);
            head.headline(
                    Links.up("projects", "Projects"),
                    Links.between(),
                    Links.up(Links.project(project.name()), project.name()),
                    Links.between(),
                    new Text("Secrets"));
            content.removeAll();
            content.add(
                    new Paragraph(
                            "A job gets those that it lists under 'secrets', as variables of the"
                                    + " same names. Values are encrypted, masked in logs, and"
                                    + " never shown again."),
                    new SecretList(project, secrets, visitor),
                    new H2("Credential for the repository"),
                    new CredentialForm(project, logins, visitor));
        } catch (Refused e) {
            event.rerouteToError(e, "");
        }
    }

    @Override
    public String getPageTitle() {
        return "Secrets of " + name + " · Headrace";
    }
}
