package io.headrace.ui.run;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Status;
import io.headrace.ui.access.Needs;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Live;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.look.StatusLabel;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All runs, newest first, filtered as the address says. */
@Route(value = "", layout = MainLayout.class)
@RouteAlias(value = "runs", layout = MainLayout.class)
@PageTitle("Runs · Headrace")
@Needs(Permission.VIEW)
public final class RunsPage extends Main implements BeforeEnterObserver {

    private static final long serialVersionUID = 1L;

    /** Projects that can be chosen from; all others can be given in the address. */
    private static final int MOST = 1000;

    private final transient Projects projects;
    private final transient Runs runs;
    private final transient Live live;
    private final ComboBox<String> project = new ComboBox<>("Project");
    private final ComboBox<Status> status = new ComboBox<>("Status");
    private final TextField branch = new TextField("Branch");
    private final Div filters = new Div();
    private final Div list = new Div();
    private boolean filling;

    @Inject
    public RunsPage(Projects projects, Runs runs, Live live) {
        this.projects = projects;
        this.runs = runs;
        this.live = live;
        project.setItems(projects.list(null, MOST).items().stream().map(Project::name).toList());
        status.setItems(Status.values());
        status.setItemLabelGenerator(StatusLabel::words);
        branch.setValueChangeMode(ValueChangeMode.LAZY);
        project.setClearButtonVisible(true);
        status.setClearButtonVisible(true);
        branch.setClearButtonVisible(true);
        project.addValueChangeListener(_ -> follow());
        status.addValueChangeListener(_ -> follow());
        branch.addValueChangeListener(_ -> follow());
        filters.add(project, status, branch);
        filters.addClassName("filters");
        add(new PageHead("Runs"), filters, list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var query = event.getLocation().getQueryParameters();
        filling = true;
        project.setValue(query.getSingleParameter("project").orElse(null));
        status.setValue(query.getSingleParameter("status").map(RunsPage::statusOf).orElse(null));
        branch.setValue(query.getSingleParameter("branch").orElse(""));
        filling = false;
        show();
    }

    private static @Nullable Status statusOf(String text) {
        try {
            return Status.parse(text);
        } catch (IllegalArgumentException e) {
            return null; // A mistyped address shows all runs.
        }
    }

    private void follow() {
        if (filling) {
            return;
        }
        var query = new LinkedHashMap<String, String>();
        if (project.getValue() != null) {
            query.put("project", project.getValue());
        }
        if (status.getValue() != null) {
            query.put("status", status.getValue().name().toLowerCase(Locale.ROOT));
        }
        if (!branch.isEmpty()) {
            query.put("branch", branch.getValue().strip());
        }
        getUI().ifPresent(ui -> {
            ui.getPage()
                    .getHistory()
                    .replaceState(null, new Location("runs", QueryParameters.simple(query)));
            show();
        });
    }

    private RunFilter filter() {
        return new RunFilter(
                project.getValue(),
                status.getValue(),
                branch.isEmpty() ? null : branch.getValue().strip());
    }

    private void show() {
        var filter = filter();
        list.removeAll();
        if (!runs.list(filter, null, 1).items().isEmpty()) {
            filters.setVisible(true);
            list.add(new RunList(runs, filter, live));
        } else if (!filter.equals(RunFilter.ALL)) {
            var all = new Button("Show all runs", _ -> showAll());
            list.add(
                    new Empty(
                            "No run fits",
                            "No run has this project, status and branch together.",
                            all));
            live.onRuns(list, RunList.PAUSE, _ -> true, this::showIfAny);
        } else {
            filters.setVisible(false);
            list.add(nothingYet());
            live.onRuns(list, RunList.PAUSE, _ -> true, this::showIfAny);
        }
    }

    private void showIfAny() {
        if (list.getChildren().noneMatch(RunList.class::isInstance)
                && !runs.list(filter(), null, 1).items().isEmpty()) {
            show();
        }
    }

    private void showAll() {
        filling = true;
        project.clear();
        status.clear();
        branch.clear();
        filling = false;
        follow();
    }

    private Empty nothingYet() {
        var some = projects.list(null, 1).items();
        if (some.isEmpty()) {
            return new Empty(
                    "No projects yet",
                    "A project is a repository with a pipeline in it. Add one, and run it.",
                    new Anchor("add-project", "Add a project"));
        }
        return new Empty(
                "No runs yet",
                "Open a project and choose Run now.",
                new Anchor("projects", "To the projects"));
    }
}
