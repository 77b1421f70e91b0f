package io.headrace.ui.queue;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.headrace.engine.queue.PoolView;
import io.headrace.ui.look.Rows;
import io.headrace.ui.look.TimeSpan;

/** A pool: what waits and runs in it, and how many workers it wants. */
final class PoolRow extends Rows.Row<PoolView> {

    private static final long serialVersionUID = 1L;

    private final Div about = new Div();
    private final Span oldest = new Span("oldest waits");
    private final TimeSpan age = new TimeSpan(null, null);

    PoolRow(PoolView pool) {
        var name = new Div(pool.name());
        name.addClassName("row-title");
        about.addClassName("row-note");
        var main = new Div(name, about);
        main.addClassName("row-main");
        var side = new Div(oldest, age);
        side.addClassName("row-actions");
        add(main, side);
    }

    @Override
    public void show(PoolView now) {
        var limit = now.rules().maxRunning();
        about.setText(
                "%,d waiting · %,d running%s · %,d slots · %,d workers, %,d wanted"
                        .formatted(
                                now.queued(),
                                now.running(),
                                limit == null ? "" : " of %,d at most".formatted(limit),
                                now.slots(),
                                now.workers(),
                                now.wantedWorkers()));
        oldest.setVisible(now.oldest() != null);
        age.show(now.oldest(), null);
    }
}
