package io.headrace.ui.project;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.Runs;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.look.StatusLabel;
import io.headrace.ui.look.TimeAgo;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** All projects, by name. */
@Route(value = "projects", layout = MainLayout.class)
@PageTitle("Projects · Headrace")
@Needs(Permission.VIEW)
public final class ProjectsPage extends Main {

    private static final long serialVersionUID = 1L;
    private static final int AT_ONCE = 50;

    private final transient Projects projects;
    private final transient Runs runs;
    private final UnorderedList list = new UnorderedList();
    private final Button more = new Button("Show more");
    private @Nullable String next;

    @Inject
    public ProjectsPage(Projects projects, Runs runs, Visitor visitor) {
        this.projects = projects;
        this.runs = runs;
        var head = new PageHead("Projects");
        add(head);
        var mayAdd = visitor.may(Permission.CONFIGURE);
        var first = projects.list(null, 1);
        if (first.items().isEmpty()) {
            add(nothingYet(mayAdd));
            return;
        }
        if (mayAdd) {
            var add = new Button("Add a project", _ -> toAddPage());
            add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
            head.actions(add);
        }
        list.addClassName("rows");
        more.addClickListener(_ -> load());
        add(list, more);
        load();
    }

    private void toAddPage() {
        getUI().ifPresent(ui -> ui.navigate(AddProjectPage.class));
    }

    private static Empty nothingYet(boolean mayAdd) {
        return mayAdd
                ? new Empty(
                        "No projects yet",
                        "A project is a repository with a pipeline in it. Add one, and run it.",
                        new Anchor("add-project", "Add a project"))
                : new Empty(
                        "No projects yet",
                        "Ask somebody who may add projects (a maintainer) to add one.");
    }

    private void load() {
        var page = projects.list(next, AT_ONCE);
        page.items().forEach(project -> list.add(row(project)));
        next = page.next();
        more.setVisible(next != null);
    }

    private ListItem row(Project project) {
        var name = new Div(new Anchor(Links.project(project.name()), project.name()));
        name.addClassName("row-title");
        var url = new Div(project.source().url());
        url.addClassName("row-note");
        var main = new Div(name, url);
        main.addClassName("row-main");
        var last = new Div();
        last.addClassName("row-actions");
        runs.latestFinished(project, null)
                .ifPresent(run -> {
                    var link = new Anchor(Links.run(run.id()), "#" + run.number());
                    last.add(new StatusLabel(run.status()), link, new TimeAgo(run.createdAt()));
                });
        return new ListItem(main, last);
    }
}
