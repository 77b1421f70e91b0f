package io.headrace.ui.work;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.Permission;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.WaitingJob;
import io.headrace.engine.worker.Queue;
import io.headrace.engine.worker.WorkerView;
import io.headrace.engine.worker.Workers;
import io.headrace.ui.access.Needs;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Live;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.look.StatusLabel;
import io.headrace.ui.look.TimeAgo;
import io.headrace.ui.look.TimeSpan;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** The queue, with the reason why each job waits, and the workers with what they run. */
@Route(value = "queue", layout = MainLayout.class)
@PageTitle("Queue · Headrace")
@Needs(Permission.VIEW)
public final class QueuePage extends Main {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final transient Queue queue;
    private final transient Workers workers;
    private final Div waiting = new Div();
    private final Div working = new Div();

    @Inject
    public QueuePage(Queue queue, Workers workers, Live live) {
        this.queue = queue;
        this.workers = workers;
        add(new PageHead("Queue and workers"), working, waiting);
        show();
        live.onRuns(this, PAUSE, _ -> true, this::show);
    }

    private void show() {
        working.removeAll();
        working.add(new H2("Workers"));
        var list = new UnorderedList();
        list.addClassName("rows");
        workers.list().forEach(worker -> list.add(row(worker)));
        working.add(list);

        waiting.removeAll();
        var jobs = queue.list(SHOWN + 1);
        waiting.add(new H2("Waiting" + count(jobs.size())));
        if (jobs.isEmpty()) {
            waiting.add(
                    new Empty(
                            "Nothing waits",
                            "Jobs stand here, with the reason why they wait, until a worker takes them."));
        } else {
            var rows = new UnorderedList();
            rows.addClassName("rows");
            jobs.stream().limit(SHOWN).forEach(job -> rows.add(row(job)));
            waiting.add(rows);
        }
    }

    private static String count(int jobs) {
        return jobs == 0 ? "" : jobs > SHOWN ? " (the first " + SHOWN + ")" : " (" + jobs + ")";
    }

    private static ListItem row(WaitingJob waiting) {
        var job = waiting.job();
        var reason = new Div(waiting.reason());
        reason.addClassName("row-note");
        var state = new StatusLabel(waiting.impossible() ? Status.ERRORED : Status.QUEUED);
        state.setText(waiting.impossible() ? "No worker fits" : "Position " + job.position());
        var side = new Div(state, new TimeSpan(job.queuedAt(), null));
        side.addClassName("row-actions");
        return row(place(job.run(), job.project(), job.runNumber(), job.name()), reason, side);
    }

    private static ListItem row(WorkerView worker) {
        var free = worker.slots() - worker.working().size();
        var name = new Div(worker.name());
        name.addClassName("row-title");
        var about =
                new Div(
                        "%s · %d of %d slots free · pools: %s · labels: %s"
                                .formatted(
                                        worker.kind(),
                                        free,
                                        worker.slots(),
                                        joined(worker.pools()),
                                        joined(worker.labels())));
        about.addClassName("row-note");
        var state = new Span(worker.online() ? "Online" : "Offline");
        state.addClassName("state");
        state.getElement().setAttribute("data-status", worker.online() ? "SUCCEEDED" : "CANCELLED");
        var side = new Div(state, new Span("started"), new TimeAgo(worker.startedAt()));
        side.addClassName("row-actions");
        var row = row(name, about, side);
        if (!worker.working().isEmpty()) {
            row.add(work(worker.working()));
        }
        return row;
    }

    private static UnorderedList work(List<WorkerView.Work> working) {
        var list = new UnorderedList();
        list.addClassName("work");
        for (var work : working) {
            var state = new StatusLabel(Status.RUNNING);
            list.add(
                    new ListItem(
                            state,
                            place(work.run(), work.project(), work.runNumber(), work.job()),
                            new TimeSpan(work.since(), null)));
        }
        return list;
    }

    private static Div place(RunId run, String project, long number, String job) {
        var link = new Anchor(Links.run(run), "%s #%d".formatted(project, number));
        return new Div(link, new Span(" " + job));
    }

    private static ListItem row(Div title, Div note, Div side) {
        var main = new Div(title, note);
        main.addClassName("row-main");
        return new ListItem(main, side);
    }

    private static String joined(Iterable<String> words) {
        var text = String.join(", ", words);
        return text.isEmpty() ? "none" : text;
    }
}
