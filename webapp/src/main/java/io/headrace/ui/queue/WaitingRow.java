package io.headrace.ui.queue;

import com.vaadin.flow.component.html.Div;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.WaitingJob;
import io.headrace.ui.look.Rows;
import io.headrace.ui.look.StatusLabel;
import io.headrace.ui.look.TimeSpan;
import java.time.Duration;
import java.time.Instant;

/** A queued job, and why it waits. */
final class WaitingRow extends Rows.Row<WaitingJob> {

    private static final long serialVersionUID = 1L;

    private final Div reason = new Div();
    private final StatusLabel state = new StatusLabel(Status.QUEUED);

    WaitingRow(WaitingJob waiting) {
        var job = waiting.job();
        reason.addClassName("row-note");
        var main = new Div(Place.of(job.run(), job.project(), job.runNumber(), job.name()), reason);
        main.addClassName("row-main");
        var side = new Div(state, new TimeSpan(job.queuedAt(), null));
        side.addClassName("row-actions");
        add(main, side);
    }

    private static String until(Instant time) {
        var seconds = Math.max(0, Duration.between(Instant.now(), time).toSeconds());
        return seconds < 60 ? seconds + " s" : (seconds + 59) / 60 + " min";
    }

    @Override
    public void show(WaitingJob now) {
        var start = now.start();
        reason.setText(
                start == null
                        ? now.reason()
                        : "%s · starts in about %s, most likely within %s"
                                .formatted(now.reason(), until(start.p50()), until(start.p90())));
        state.show(now.impossible() ? Status.ERRORED : Status.QUEUED);
        state.setText(now.impossible() ? "No worker fits" : "Position " + now.job().position());
    }
}
