package io.headrace.ui.project;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.Runs;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Confirm;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Live;
import io.headrace.ui.look.Notices;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.run.RunList;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;

/** One project: its runs, its settings, and a button to run it. */
@Route(value = "projects/:project", layout = MainLayout.class)
@Needs(Permission.VIEW)
public final class ProjectPage extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1L;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final transient Projects projects;
    private final transient Runs runs;
    private final transient Visitor visitor;
    private final transient Live live;
    private final PageHead head = new PageHead();
    private final Div facts = new Div();
    private final Div list = new Div();
    private String name = "";

    @Inject
    public ProjectPage(Projects projects, Runs runs, Visitor visitor, Live live) {
        this.projects = projects;
        this.runs = runs;
        this.visitor = visitor;
        this.live = live;
        facts.addClassName("run-facts");
        add(head, facts, list);
        live.onRuns(this, PAUSE, _ -> isEmpty(), this::showRuns);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        name = event.getRouteParameters().get("project").orElse("");
        try {
            show(projects.get(name));
        } catch (Refused e) {
            event.rerouteToError(e, "");
        }
    }

    @Override
    public String getPageTitle() {
        return name + " · Headrace";
    }

    private void show(Project project) {
        head.headline(Links.up("projects", "Projects"), Links.between(), new Text(project.name()));
        head.actions(buttons(project));
        facts.removeAll();
        var branch = project.source().branch();
        facts.add(
                new Span(project.source().url()),
                new Span(branch == null ? "default branch" : "branch " + branch),
                new Span(project.pipelineFile()),
                new Anchor(Links.runsOf(project), "All runs, with filters"));
        showRuns();
    }

    private Component[] buttons(Project project) {
        var buttons = new ArrayList<Button>();
        if (visitor.may(Permission.RUN)) {
            var run = new Button("Run now", _ -> new RunDialog(project, runs, visitor).open());
            run.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
            buttons.add(run);
        }
        if (visitor.may(Permission.CONFIGURE)) {
            buttons.add(new Button("Settings", _ -> settings(project)));
            buttons.add(new Button("Secrets", _ -> secrets(project)));
            buttons.add(new Button("Delete", _ -> delete(project)));
        }
        return buttons.toArray(Component[]::new);
    }

    private void settings(Project project) {
        new SettingsDialog(project, projects, visitor, this::show).open();
    }

    private void secrets(Project project) {
        getUI().ifPresent(ui -> ui.navigate(Links.secrets(project.name())));
    }

    private void delete(Project project) {
        Confirm.ask(
                "Delete the project '%s'?".formatted(project.name()),
                "Its runs, logs and artifacts are deleted with it. The repository stays as it is.",
                "Delete",
                () -> {
                    visitor.require(Permission.CONFIGURE);
                    projects.delete(project.name());
                    Notices.done("Project '%s' is deleted".formatted(project.name()));
                    getUI().ifPresent(ui -> ui.navigate(ProjectsPage.class));
                });
    }

    private boolean isEmpty() {
        return list.getChildren().noneMatch(RunList.class::isInstance);
    }

    private void showRuns() {
        var filter = new RunFilter(name, null, null);
        list.removeAll();
        list.add(new H2("Runs"));
        if (runs.list(filter, null, 1).items().isEmpty()) {
            list.add(
                    new Empty(
                            "No runs yet", "Choose Run now to run the pipeline of this project."));
        } else {
            list.add(new RunList(runs, filter, live));
        }
    }
}
