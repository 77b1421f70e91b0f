package io.headrace.ui.queue;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.headrace.engine.run.RunId;
import io.headrace.ui.look.Links;

/** Where a job belongs: a link to its run, and its name. */
final class Place {

    private Place() {}

    static Div of(RunId run, String project, long number, String job) {
        var link = new Anchor(Links.run(run), "%s #%d".formatted(project, number));
        return new Div(link, new Span(" " + job));
    }
}
