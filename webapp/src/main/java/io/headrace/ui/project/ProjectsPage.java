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
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Runs;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Live;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.look.StatusLabel;
import io.headrace.ui.look.TimeAgo;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** All projects, by name. */
@Route(value = "projects", layout = MainLayout.class)
@PageTitle("Projects · Headrace")
@Needs(Permission.VIEW)
public final class ProjectsPage extends Main {

    private static final long serialVersionUID = 1L;
    private static final int AT_ONCE = 50;

    /** Each row asks for its newest run, so not too often. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final transient Projects projects;
    private final transient Runs runs;
    private final UnorderedList list = new UnorderedList();
    private final ArrayList<Row> rows = new ArrayList<>();
    private final Button more = new Button("Show more");
    private @Nullable String next;

    @Inject
    public ProjectsPage(Projects projects, Runs runs, Visitor visitor, Live live) {
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
        live.onRuns(this, PAUSE, _ -> true, this::refresh);
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
        for (var project : page.items()) {
            var row = new Row(project);
            row.show(newest(project.name()));
            rows.add(row);
            list.add(row);
        }
        next = page.next();
        more.setVisible(next != null);
    }

    private void refresh() {
        rows.forEach(row -> row.show(newest(row.project)));
    }

    private @Nullable RunSummary newest(String project) {
        var found = runs.list(new RunFilter(project, null, null), null, 1).items();
        return found.isEmpty() ? null : found.getFirst();
    }

    /** A project with its newest run. */
    private static final class Row extends ListItem {

        private static final long serialVersionUID = 1L;

        private final String project;
        private final Div last = new Div();
        private String shown = "";

        Row(Project project) {
            this.project = project.name();
            var name = new Div(new Anchor(Links.project(project.name()), project.name()));
            name.addClassName("row-title");
            var url = new Div(project.source().url());
            url.addClassName("row-note");
            var main = new Div(name, url);
            main.addClassName("row-main");
            last.addClassName("row-actions");
            add(main, last);
        }

        /** Draws the run, unless that is what is there. */
        void show(@Nullable RunSummary run) {
            var now = run == null ? "" : run.id() + " " + run.status();
            if (!now.equals(shown)) {
                shown = now;
                last.removeAll();
                if (run != null) {
                    last.add(
                            new StatusLabel(run.status()),
                            new Anchor(Links.run(run.id()), "#" + run.number()),
                            new TimeAgo(run.createdAt()));
                }
            }
        }
    }
}
