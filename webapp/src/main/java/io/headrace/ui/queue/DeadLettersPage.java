package io.headrace.ui.queue;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.Permission;
import io.headrace.engine.breaker.Breaker;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.deadletter.CauseGroup;
import io.headrace.engine.deadletter.DeadLetter;
import io.headrace.engine.deadletter.DeadLetterFilter;
import io.headrace.engine.deadletter.DeadLetters;
import io.headrace.ui.access.Needs;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Confirm;
import io.headrace.ui.look.Empty;
import io.headrace.ui.look.Notices;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.look.TimeSpan;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.util.List;

/** Jobs that used up their attempts, by their causes: to be run again, or dismissed. */
@Route(value = "queue/dead-letters", layout = MainLayout.class)
@PageTitle("Dead letters · Headrace")
@Needs(Permission.VIEW)
public final class DeadLettersPage extends Main {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    private final transient DeadLetters letters;
    private final transient Visitor visitor;
    private final boolean mayRun;
    private final transient BreakerStore breakers;
    private final Div held = new Div();
    private final Div content = new Div();

    @Inject
    public DeadLettersPage(DeadLetters letters, BreakerStore breakers, Visitor visitor) {
        this.letters = letters;
        this.breakers = breakers;
        this.visitor = visitor;
        this.mayRun = visitor.may(Permission.RUN);
        add(
                new PageHead("Dead letters").actions(new Anchor("queue", "Queue and workers")),
                new Paragraph(
                        "Jobs that are not tried any more, although they are not their authors' to"
                                + " mend. Remove the cause, then have them run again."),
                held,
                content);
        showHeld();
        show();
    }

    /** Says what jobs are held for because it is down. */
    private void showHeld() {
        held.removeAll();
        var rows = new UnorderedList();
        rows.addClassName("rows");
        breakers.list().stream()
                .filter(breaker -> breaker.state() != Breaker.State.CLOSED)
                .forEach(breaker -> rows.add(row(breaker)));
        if (rows.getComponentCount() > 0) {
            held.add(new H2("Held until it works again"), rows);
        }
    }

    private ListItem row(Breaker breaker) {
        var title = new Div("Jobs that need " + breaker.dependency().words());
        title.addClassName("row-title");
        var note = new Div(breaker.reason());
        note.addClassName("row-note");
        var main = new Div(title, note);
        main.addClassName("row-main");
        var side = new Div(new TimeSpan(breaker.changedAt(), null));
        side.addClassName("row-actions");
        if (visitor.may(Permission.ADMINISTER)) {
            var reset = new Button("Use it again", _ -> reset(breaker));
            reset.setAriaLabel("Use again: " + breaker.dependency().key());
            side.add(reset);
        }
        return new ListItem(main, side);
    }

    private void reset(Breaker breaker) {
        visitor.require(Permission.ADMINISTER);
        breakers.reset(breaker.dependency());
        Notices.done("Jobs that need %s are taken again".formatted(breaker.dependency().words()));
        showHeld();
    }

    private void show() {
        content.removeAll();
        var groups = letters.groups();
        if (groups.isEmpty()) {
            content.add(
                    new Empty(
                            "There are no dead letters",
                            "A job stands here when it could not be run however often it was"
                                    + " tried."));
            return;
        }
        var causes = new UnorderedList();
        causes.addClassName("rows");
        groups.forEach(group -> causes.add(row(group)));
        var page = letters.list(DeadLetterFilter.open(null, null), null, SHOWN);
        var jobs = new UnorderedList();
        jobs.addClassName("rows");
        page.items().forEach(letter -> jobs.add(row(letter)));
        content.add(new H2("Causes"), causes, new H2("Jobs"), jobs);
        if (page.next() != null) {
            content.add(
                    new Paragraph(
                            "These are the newest %d; `headrace dead-letters list` shows all."
                                    .formatted(SHOWN)));
        }
    }

    private ListItem row(CauseGroup group) {
        var title =
                new Div(
                        "%,d %s: %s"
                                .formatted(
                                        group.jobs(),
                                        group.jobs() == 1 ? "job" : "jobs",
                                        group.cause()));
        title.addClassName("row-title");
        var note = new Div(group.failure().hint() + ".");
        note.addClassName("row-note");
        var main = new Div(title, note);
        main.addClassName("row-main");
        var side = new Div(new TimeSpan(group.oldest(), null));
        side.addClassName("row-actions");
        if (mayRun) {
            var filter = DeadLetterFilter.open(null, group.causeKey());
            var again = new Button("Run again", _ -> requeue(filter));
            again.setAriaLabel("Run again: " + group.cause());
            var dismiss = new Button("Dismiss", _ -> dismiss(group, filter));
            dismiss.setAriaLabel("Dismiss: " + group.cause());
            side.add(again, dismiss);
        }
        return new ListItem(main, side);
    }

    private ListItem row(DeadLetter letter) {
        var note = new Div("%s, %d attempts".formatted(letter.reason(), letter.attempts()));
        note.addClassName("row-note");
        var main =
                new Div(
                        Place.of(
                                letter.run(),
                                letter.project(),
                                letter.runNumber(),
                                letter.jobKey()),
                        note);
        main.addClassName("row-main");
        var summary = new Anchor("api/v1/dead-letters/" + letter.id() + "/error.json", "Summary");
        summary.setRouterIgnore(true);
        summary.getElement().setAttribute("download", true);
        summary.setAriaLabel(
                "Download the error summary of %s in %s #%d"
                        .formatted(letter.jobKey(), letter.project(), letter.runNumber()));
        var side = new Div(summary, new TimeSpan(letter.diedAt(), null));
        side.addClassName("row-actions");
        if (mayRun) {
            var again =
                    new Button(
                            "Run again",
                            _ -> tell(letters.requeue(List.of(letter.id()), who()), "run again"));
            again.setAriaLabel("Run again: " + letter.jobKey());
            side.add(again);
        }
        return new ListItem(main, side);
    }

    private String who() {
        visitor.require(Permission.RUN);
        return visitor.find().map(principal -> principal.name()).orElse("");
    }

    private void requeue(DeadLetterFilter filter) {
        tell(letters.requeue(filter, who()), "run again");
    }

    private void dismiss(CauseGroup group, DeadLetterFilter filter) {
        Confirm.ask(
                group.jobs() == 1 ? "Dismiss this job?" : "Dismiss these jobs?",
                "They stay as they are, and stand here no more.",
                "Dismiss",
                () -> tell(letters.dismiss(filter, who()), "are dismissed"));
    }

    private void tell(DeadLetters.Answer answer, String done) {
        if (answer.left().isEmpty()) {
            Notices.done(
                    "%,d %s %s"
                            .formatted(answer.done(), answer.done() == 1 ? "job" : "jobs", done));
        } else {
            Notices.wrong(String.join(". ", answer.left()));
        }
        show();
    }
}
