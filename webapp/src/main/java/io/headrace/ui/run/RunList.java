package io.headrace.ui.run;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Runs;
import io.headrace.ui.look.KeysetRows;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Live;
import io.headrace.ui.look.StatusLabel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A list of runs of any length, newest first, live. Holds only the rows in sight. */
public final class RunList extends Grid<RunSummary> {

    private static final long serialVersionUID = 1L;

    /** Shortest time between two looks at the runs. */
    static final Duration PAUSE = Duration.ofMillis(500);

    private static final int FEW = 12;

    /** A row is one link, so that it works by keyboard and opens in a new tab. */
    private static final String ROW =
            """
            <a class="run-row" href="${item.href}">
              <span class="state" data-status="${item.status}">${item.words}</span>
              <span class="title"><span class="cut"><b>${item.project} #${item.number}</b> ${item.message}</span></span>
              <span class="where"><span class="cut">${item.branch} <span class="mono">${item.commit}</span></span></span>
              <span class="who"><span class="cut">${item.who}</span></span>
              <span class="time">
                <time-span from="${item.started}" to="${item.finished}"></time-span>
                <time-ago datetime="${item.created}"></time-ago>
              </span>
            </a>
            """;

    /**
     * @param filter which runs
     */
    public RunList(Runs runs, RunFilter filter, Live live) {
        super(KeysetRows.PAGE);
        var rows = new KeysetRows<RunSummary>((after, limit) -> runs.list(filter, after, limit));
        addColumn(renderer()).setFlexGrow(1);
        setSelectionMode(SelectionMode.NONE);
        addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_COMPACT);
        addClassName("runs");
        getElement().setAttribute("aria-label", "Runs");
        var provider =
                new CallbackDataProvider<RunSummary, Void>(
                        query -> rows.rows(query.getOffset(), query.getLimit()).stream(),
                        _ -> 0,
                        RunSummary::id);
        setDataProvider(provider);
        getLazyDataView().setItemCountUnknown();
        getLazyDataView().setItemCountEstimate(KeysetRows.PAGE);
        getLazyDataView().setItemCountEstimateIncrease(4 * KeysetRows.PAGE);
        fit(runs, filter);
        live.onRuns(
                this,
                PAUSE,
                _ -> true,
                () -> {
                    rows.reset();
                    provider.refreshAll();
                    fit(runs, filter);
                });
    }

    /** A short list is as high as its rows; a long one fills the window, and scrolls. */
    private void fit(Runs runs, RunFilter filter) {
        var few = runs.list(filter, null, FEW).next() == null;
        setAllRowsVisible(few);
        setHeight(few ? null : "calc(100vh - 13rem)");
    }

    private static LitRenderer<RunSummary> renderer() {
        return LitRenderer.<RunSummary>of(ROW)
                .withProperty("href", run -> Links.run(run.id()))
                .withProperty("status", run -> run.status().name())
                .withProperty("words", run -> StatusLabel.words(run.status()))
                .withProperty("project", RunSummary::project)
                .withProperty("number", RunSummary::number)
                .withProperty("message", RunList::message)
                .withProperty("branch", RunWords::where)
                .withProperty("commit", run -> shortened(run.commit()))
                .withProperty("who", RunWords::startedBy)
                .withProperty("created", run -> run.createdAt().toString())
                .withProperty("started", run -> text(run.startedAt()))
                .withProperty("finished", run -> text(run.finishedAt()));
    }

    private static String message(RunSummary run) {
        var wrong = run.status().isTerminal() && !run.status().satisfies();
        return wrong && !run.reason().isEmpty() ? run.reason() : run.message();
    }

    static String shortened(String commit) {
        return commit.length() > 8 ? commit.substring(0, 8) : commit;
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
