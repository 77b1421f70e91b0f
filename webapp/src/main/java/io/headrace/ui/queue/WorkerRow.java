package io.headrace.ui.queue;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.headrace.engine.run.Status;
import io.headrace.engine.worker.WorkerView;
import io.headrace.ui.look.Rows;
import io.headrace.ui.look.StatusLabel;
import io.headrace.ui.look.TimeAgo;
import io.headrace.ui.look.TimeSpan;

/** A worker, with what it runs. */
final class WorkerRow extends Rows.Row<WorkerView> {

    private static final long serialVersionUID = 1L;

    private final Div about = new Div();
    private final Span state = new Span();
    private final Rows<WorkerView.Work> working =
            new Rows<>(WorkerView.Work::attempt, WorkRow::new);

    WorkerRow(WorkerView worker) {
        var name = new Div(worker.name());
        name.addClassName("row-title");
        about.addClassName("row-note");
        var main = new Div(name, about);
        main.addClassName("row-main");
        state.addClassName("state");
        var side = new Div(state, new Span("started"), new TimeAgo(worker.startedAt()));
        side.addClassName("row-actions");
        working.setClassName("work");
        add(main, side, working);
    }

    @Override
    public void show(WorkerView now) {
        if (now.slots() == 0) {
            about.setText(now.kind() + " · takes no jobs");
        } else {
            about.setText(about(now));
        }
        state.setText(
                switch (now.state()) {
                    case ONLINE -> "Online";
                    case DRAINING -> "Draining";
                    case LOST -> "Lost";
                });
        state.getElement()
                .setAttribute(
                        "data-status",
                        switch (now.state()) {
                            case ONLINE -> "SUCCEEDED";
                            case DRAINING -> "CANCELLED";
                            case LOST -> "ERRORED";
                        });
        working.show(now.working());
        working.setVisible(!now.working().isEmpty());
    }

    private static String about(WorkerView now) {
        return "%s · %d of %d slots free · pools: %s · labels: %s"
                .formatted(
                        now.kind(),
                        now.slots() - now.working().size(),
                        now.slots(),
                        joined(now.pools()),
                        joined(now.labels()));
    }

    private static String joined(Iterable<String> words) {
        var text = String.join(", ", words);
        return text.isEmpty() ? "none" : text;
    }

    /** An attempt that a worker runs. */
    private static final class WorkRow extends Rows.Row<WorkerView.Work> {

        private static final long serialVersionUID = 1L;

        WorkRow(WorkerView.Work work) {
            add(
                    new StatusLabel(Status.RUNNING),
                    Place.of(work.run(), work.project(), work.runNumber(), work.job()),
                    new TimeSpan(work.since(), null));
        }

        @Override
        public void show(WorkerView.Work now) {
            // An attempt stays what it is for as long as it runs.
        }
    }
}
