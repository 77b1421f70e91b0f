package io.headrace.ui.queue;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.Permission;
import io.headrace.engine.deadletter.DeadLetters;
import io.headrace.engine.queue.PoolView;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.WaitingJob;
import io.headrace.engine.worker.Pools;
import io.headrace.engine.worker.Queue;
import io.headrace.engine.worker.WorkerView;
import io.headrace.engine.worker.Workers;
import io.headrace.ui.access.Needs;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Live;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.look.Rows;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.time.Duration;

/** The queue, with the reason why each job waits, and the workers with what they run. */
@Route(value = "queue", layout = MainLayout.class)
@PageTitle("Queue · Headrace")
@Needs(Permission.VIEW)
public final class QueuePage extends Main {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final transient Queue queue;
    private final transient Runs runs;
    private final transient Workers workers;
    private final transient Pools pools;
    private final Rows<PoolView> inPools = new Rows<>(PoolView::name, PoolRow::new);
    private final transient DeadLetters letters;
    private final Rows<WorkerView> working = new Rows<>(WorkerView::name, WorkerRow::new);
    private final H2 headline = new H2();
    private final Rows<WaitingJob> waiting = new Rows<>(one -> one.job().id(), WaitingRow::new);
    private final Paragraph more = new Paragraph();
    private final Anchor dead = new Anchor("queue/dead-letters");
    private final Empty nothing =
            new Empty(
                    "Nothing waits",
                    "Jobs stand here, with the reason why they wait, until a worker takes them.");

    @Inject
    public QueuePage(
            Queue queue, Runs runs, Workers workers, Pools pools, DeadLetters letters, Live live) {
        this.queue = queue;
        this.runs = runs;
        this.workers = workers;
        this.pools = pools;
        this.letters = letters;
        add(
                new PageHead("Queue and workers").actions(dead),
                new H2("Workers"),
                working,
                new H2("Pools"),
                inPools,
                headline,
                waiting,
                more,
                nothing);
        show();
        live.onRuns(this, PAUSE, _ -> true, this::show);
    }

    private void show() {
        working.show(workers.list());
        inPools.show(pools.list());
        dead.setText("Dead letters (%,d)".formatted(letters.depth()));
        var jobs = queue.list(SHOWN);
        // Counted a moment later than listed: what was taken in between is still shown.
        var all = jobs.size() < SHOWN ? jobs.size() : Math.max(SHOWN, runs.depth().queued());
        headline.setText(all == 0 ? "Waiting" : "Waiting (%,d)".formatted(all));
        waiting.show(jobs);
        more.setText("%,d more are not shown; they come after these.".formatted(all - jobs.size()));
        more.setVisible(all > jobs.size());
        waiting.setVisible(!jobs.isEmpty());
        nothing.setVisible(jobs.isEmpty());
    }
}
