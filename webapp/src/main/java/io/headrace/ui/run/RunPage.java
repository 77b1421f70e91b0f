package io.headrace.ui.run;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.run.Rerun;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Status;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PlanEvent;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Live;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
    private final RunHeader header;
    private final Div problems = new Div();
    private final JobsView jobs = new JobsView();
    private RunId run = new RunId(0);
    private transient List<PipelineProblem> shown = List.of();
    private String title = "Run";

    @Inject
    public RunPage(Runs runs, Visitor visitor, Live live) {
        this.runs = runs;
        this.visitor = visitor;
        header = new RunHeader(visitor.may(Permission.RUN), this::act);
        add(header, problems, jobs);
        jobs.onDifference(this::tellAgain);
        if (visitor.may(Permission.RUN)) {
            jobs.onAgain(job -> rerun(Rerun.from(List.of(job))));
        }
        live.onRuns(this, PAUSE, changed -> changed.contains(run), this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var text = event.getRouteParameters().get("run").orElse("");
        try {
            run = RunId.parse(text);
            var detail = runs.detail(run);
            title = "%s #%d".formatted(detail.run().project(), detail.run().number());
            jobs.status(detail.run().status());
            header.begin(detail, runs.event(run).map(PlanEvent::parameters).orElse(Map.of()));
            show(detail.problems());
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
        var detail = runs.detail(run);
        jobs.status(detail.run().status());
        header.show(detail);
        // A job that generates the rest of the run may have done it wrongly.
        if (!detail.problems().equals(shown)) {
            show(detail.problems());
        }
        jobs.refresh();
    }

    private void show(List<PipelineProblem> found) {
        shown = new ArrayList<>(found);
        problems.removeAll();
        if (!found.isEmpty()) {
            problems.add(ProblemList.of(found));
        }
    }

    /** The browser missed what it was sent, so what did not change since is sent again too. */
    private void tellAgain() {
        var detail = runs.detail(run);
        jobs.status(detail.run().status());
        header.showAgain(detail);
        jobs.statusAgain(detail.run().status());
    }

    private void act(RunHeader.Act act) {
        switch (act) {
            case CANCEL -> cancel();
            case AGAIN -> rerun(Rerun.all());
            case FAILED_AGAIN -> rerun(Rerun.failed());
            case NEWEST -> rerun(Rerun.newest());
        }
    }

    private void cancel() {
        runs.cancel(run, visitor.require(Permission.RUN).name());
        refresh();
    }

    private void rerun(Rerun what) {
        var accepted = runs.rerun(run, what, visitor.require(Permission.RUN).name());
        getUI().ifPresent(ui -> ui.navigate(Links.run(accepted.run())));
    }

    /** See run-jobs.js. */
    @Tag("run-jobs")
    private static final class JobsView extends Component {

        private static final long serialVersionUID = 1L;
        private static final String JOB = "event.detail.job";

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

        /** Offers to run a job again with what needs it; calls back with the job's key. */
        void onAgain(Consumer<String> listener) {
            getElement().setAttribute("again", "");
            getElement()
                    .addEventListener(
                            "run-again-from",
                            event -> listener.accept(event.getEventData().get(JOB).asString()))
                    .addEventData(JOB);
        }

        void refresh() {
            getElement().executeJs("this.refresh?.()");
        }
    }
}
