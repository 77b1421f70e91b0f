package io.headrace.ui.run;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Status;
import io.headrace.language.PlanEvent;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Live;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.look.StatusLabel;
import io.headrace.ui.look.TimeAgo;
import io.headrace.ui.look.TimeSpan;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run. The header is drawn here; the jobs with their logs are drawn in the browser from REST,
 * see run-jobs.js.
 */
@Route(value = "runs/:run", layout = MainLayout.class)
@Needs(Permission.VIEW)
public final class RunPage extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1L;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final transient Runs runs;
    private final transient Visitor visitor;
    private final PageHead head = new PageHead();
    private final Div facts = new Div();
    private final Div notes = new Div();
    private final Div problems = new Div();
    private final JobsView jobs = new JobsView();
    private RunId run = new RunId(0);
    private String title = "Run";

    /** What the run was started with; never changes. */
    private TreeMap<String, String> parameters = new TreeMap<>();

    @Inject
    public RunPage(Runs runs, Visitor visitor, Live live) {
        this.runs = runs;
        this.visitor = visitor;
        facts.addClassName("run-facts");
        add(head, facts, notes, problems, jobs);
        jobs.onDifference(this::tellAgain);
        live.onRuns(this, PAUSE, changed -> changed.contains(run), this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var text = event.getRouteParameters().get("run").orElse("");
        try {
            run = RunId.parse(text);
            var detail = runs.detail(run);
            parameters = new TreeMap<>(runs.event(run).map(PlanEvent::parameters).orElse(Map.of()));
            show(detail);
            problems.removeAll();
            if (!detail.problems().isEmpty()) {
                problems.add(ProblemList.of(detail.problems()));
            }
            jobs.show(run);
        } catch (IllegalArgumentException e) {
            event.rerouteToError(Refused.notFound("There is no run '%s'".formatted(text)), "");
        } catch (Refused e) {
            event.rerouteToError(e, "");
        }
    }

    @Override
    public String getPageTitle() {
        return title + " · Headrace";
    }

    private void refresh() {
        show(runs.detail(run));
        jobs.refresh();
    }

    /** The browser missed what it was sent, so what did not change since is sent again too. */
    private void tellAgain() {
        var detail = runs.detail(run);
        show(detail);
        jobs.statusAgain(detail.run().status());
    }

    private void show(RunDetail detail) {
        var summary = detail.run();
        jobs.status(summary.status());
        title = "%s #%d".formatted(summary.project(), summary.number());
        head.headline(
                Links.up(Links.project(summary.project()), summary.project()),
                Links.between(),
                new Text("#" + summary.number()));
        head.actions(buttons(summary, !detail.jobs().isEmpty()));
        facts.removeAll();
        facts.add(new StatusLabel(summary.status()));
        if (summary.startedAt() != null) {
            facts.add(new TimeSpan(summary.startedAt(), summary.finishedAt()));
        }
        var branch =
                summary.branch() != null
                        ? summary.branch()
                        : summary.tag() != null ? "tag " + summary.tag() : summary.ref();
        if (!branch.isBlank()) {
            facts.add(new Span(branch));
        }
        if (!summary.commit().isEmpty()) {
            var commit = new Span(RunList.shortened(summary.commit()));
            commit.addClassName("mono");
            commit.setTitle(summary.commit());
            facts.add(commit);
        }
        if (!summary.message().isEmpty()) {
            facts.add(new Span(summary.message()));
        }
        if (!summary.author().isEmpty()) {
            facts.add(new Span("by " + nameOf(summary.author())));
        }
        facts.add(
                new Span(
                        "started by %s (%s)"
                                .formatted(
                                        summary.triggeredBy(),
                                        summary.event()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '))));
        parameters.forEach((name, value) -> facts.add(new Span(name + "=" + value)));
        facts.add(new TimeAgo(summary.createdAt()));
        if (summary.rerunOf() != null) {
            facts.add(new Anchor(Links.run(summary.rerunOf()), "repeats an earlier run"));
        }
        notes.removeAll();
        if (!summary.reason().isEmpty() && !isToldBelow(detail)) {
            notes.add(
                    summary.status().satisfies()
                            ? Notice.info(summary.reason())
                            : Notice.error(summary.reason()));
        }
    }

    /** The jobs say more than their run when one of them failed, and so do the problems. */
    private static boolean isToldBelow(RunDetail detail) {
        return !detail.run().status().satisfies()
                && (detail.jobs().isEmpty()
                        ? !detail.problems().isEmpty()
                        : detail.jobs().stream()
                                .anyMatch(job ->
                                        job.status() == Status.FAILED
                                                || job.status() == Status.ERRORED));
    }

    /** Returns the name alone: an address is for mail. */
    private static String nameOf(String author) {
        var address = author.indexOf(" <");
        return address > 0 ? author.substring(0, address) : author;
    }

    private Component[] buttons(RunSummary summary, boolean planned) {
        var buttons = new ArrayList<Button>();
        if (visitor.may(Permission.RUN)) {
            if (!summary.status().isTerminal()) {
                buttons.add(new Button("Cancel", _ -> cancel()));
            } else if (planned) {
                buttons.add(new Button("Run again", _ -> rerun(Runs.Rerun.ALL)));
                if (!summary.status().satisfies()) {
                    buttons.add(new Button("Run failed again", _ -> rerun(Runs.Rerun.FAILED)));
                }
            }
        }
        return buttons.toArray(Component[]::new);
    }

    private void cancel() {
        runs.cancel(run, visitor.require(Permission.RUN).name());
        refresh();
    }

    private void rerun(Runs.Rerun mode) {
        var accepted = runs.rerun(run, mode, visitor.require(Permission.RUN).name());
        getUI().ifPresent(ui -> ui.navigate(Links.run(accepted.run())));
    }

    /** See run-jobs.js. */
    @Tag("run-jobs")
    private static final class JobsView extends Component {

        private static final long serialVersionUID = 1L;

        void show(RunId run) {
            var base = Visitor.request().getContextPath() + "/";
            getElement().setAttribute("run", run.toString());
            getElement().setAttribute("base", base);
            getElement().setAttribute("api", base + "api/v1");
        }

        /** Says what the header shows. */
        void status(Status status) {
            getElement().setAttribute("status", status.name());
        }

        /** Says it even to a browser that was told before. */
        void statusAgain(Status status) {
            getElement().executeJs("this.setAttribute('status', $0)", status.name());
        }

        /** Calls back when the browser knows of another state than the header shows. */
        void onDifference(Runnable listener) {
            getElement().addEventListener("run-differs", _ -> listener.run());
        }

        void refresh() {
            getElement().executeJs("this.refresh?.()");
        }
    }
}
