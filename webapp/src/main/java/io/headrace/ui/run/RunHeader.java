package io.headrace.ui.run;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Status;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.look.StatusLabel;
import io.headrace.ui.look.TimeAgo;
import io.headrace.ui.look.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The top of a run's page: what it is, how it goes, and what can be done about it. What did not
 * change stays in the page, and so keeps the focus.
 */
final class RunHeader extends Div {

    private static final long serialVersionUID = 1L;

    /** What can be done about a run. */
    enum Act {
        CANCEL("Cancel"),
        AGAIN("Run again"),
        FAILED_AGAIN("Run failed again"),
        NEWEST("Run newest");

        private final String words;

        Act(String words) {
            this.words = words;
        }
    }

    private record Shown(RunSummary run, List<Act> acts, boolean toldBelow) {}

    private final boolean mayAct;
    private final transient Consumer<Act> chosen;
    private final PageHead head = new PageHead();
    private final Div facts = new Div();
    private final Div notes = new Div();
    private final TreeMap<String, String> parameters = new TreeMap<>();
    private transient @Nullable Shown shown;
    private boolean cancelledHere;

    /**
     * @param mayAct whether the visitor may do something about runs
     * @param chosen called with what the visitor wants to be done
     */
    RunHeader(boolean mayAct, Consumer<Act> chosen) {
        this.mayAct = mayAct;
        this.chosen = chosen;
        facts.addClassName("run-facts");
        add(head, facts, notes);
    }

    /** Shows another run from now on, which was started with {@code given}. */
    void begin(RunDetail detail, Map<String, String> given) {
        parameters.clear();
        parameters.putAll(given);
        cancelledHere = false;
        showAgain(detail);
    }

    /** Draws what changed. */
    void show(RunDetail detail) {
        var summary = detail.run();
        var now = new Shown(summary, acts(detail), isToldBelow(detail));
        var before = shown;
        if (now.equals(before)) {
            return;
        }
        shown = now;
        if (before == null) {
            head.headline(
                    Links.up(Links.project(summary.project()), summary.project()),
                    Links.between(),
                    new Text("#" + summary.number()));
        }
        if (before == null || !before.acts().equals(now.acts())) {
            draw(now.acts());
        }
        facts.removeAll();
        drawFacts(summary);
        notes.removeAll();
        if (!summary.reason().isEmpty() && !now.toldBelow()) {
            notes.add(
                    summary.status().satisfies()
                            ? Notice.info(summary.reason())
                            : Notice.error(summary.reason()));
        }
    }

    /** Draws everything, for a browser that missed what it was sent. */
    void showAgain(RunDetail detail) {
        shown = null;
        show(detail);
    }

    private List<Act> acts(RunDetail detail) {
        var status = detail.run().status();
        if (!mayAct) {
            return List.of();
        }
        if (!status.isTerminal()) {
            return List.of(Act.CANCEL);
        }
        if (detail.jobs().isEmpty()) {
            return List.of();
        }
        return status.satisfies()
                ? List.of(Act.AGAIN, Act.NEWEST)
                : List.of(Act.AGAIN, Act.FAILED_AGAIN, Act.NEWEST);
    }

    private void draw(List<Act> acts) {
        var buttons = new ArrayList<Button>();
        for (var act : acts) {
            buttons.add(new Button(act.words, _ -> choose(act)));
        }
        head.actions(buttons.toArray(Button[]::new));
        if (cancelledHere && !buttons.isEmpty()) {
            // The button that had the focus is gone.
            buttons.getFirst()
                    .getElement()
                    .executeJs("if (document.activeElement === document.body) this.focus()");
        }
    }

    private void choose(Act act) {
        cancelledHere = act == Act.CANCEL;
        chosen.accept(act);
    }

    private void drawFacts(RunSummary summary) {
        facts.add(new StatusLabel(summary.status()));
        if (summary.startedAt() != null) {
            facts.add(new TimeSpan(summary.startedAt(), summary.finishedAt()));
        }
        var where = RunWords.where(summary);
        if (!where.isBlank()) {
            facts.add(new Span(where));
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
        facts.add(new Span("started by " + RunWords.startedBy(summary)));
        parameters.forEach((name, value) -> facts.add(new Span(name + "=" + value)));
        facts.add(new TimeAgo(summary.createdAt()));
        if (summary.rerunOf() != null) {
            facts.add(new Anchor(Links.run(summary.rerunOf()), "repeats an earlier run"));
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
}
