package io.headrace.ui.project;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Projects;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;

/** Adds a project. */
@Route(value = "add-project", layout = MainLayout.class)
@PageTitle("Add a project · Headrace")
@Needs(Permission.CONFIGURE)
public final class AddProjectPage extends Main {

    private static final long serialVersionUID = 1L;

    private final transient Projects projects;
    private final transient Visitor visitor;
    private final TextField name = new TextField("Name");
    private final ProjectForm form = new ProjectForm(null);
    private final Div problem = new Div();

    @Inject
    public AddProjectPage(Projects projects, Visitor visitor) {
        this.projects = projects;
        this.visitor = visitor;
        name.setRequiredIndicatorVisible(true);
        name.setHelperText(
                "Letters, digits, '.', '_' and '-'. Left empty, it is the repository's.");
        name.focus();
        form.addComponentAsFirst(name);
        form.onAddress(address -> {
            if (name.isEmpty()) {
                Projects.nameFor(address).ifPresent(name::setValue);
            }
        });
        var add = new Button("Add project", _ -> add());
        add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        add.addClickShortcut(Key.ENTER);
        form.add(new Div(add));
        var card = new Div(problem, form);
        card.addClassName("card");
        var head = new PageHead();
        head.headline(Links.up("projects", "Projects"), Links.between(), new Text("Add"));
        add(head, card);
    }

    private void add() {
        visitor.require(Permission.CONFIGURE);
        problem.removeAll();
        try {
            var project =
                    projects.create(name.getValue().strip(), form.source(), form.pipelineFile());
            getUI().ifPresent(ui -> ui.navigate(Links.project(project.name())));
        } catch (Refused e) {
            problem.add(Notice.error(e.getMessage()));
        }
    }
}
