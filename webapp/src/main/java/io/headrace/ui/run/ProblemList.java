package io.headrace.ui.run;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.headrace.language.PipelineProblem;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a pipeline file: each problem with its line, a caret below it, and a way out.
 */
public final class ProblemList {

    /** Goes to a place in the file, both counted from 1. */
    public interface Way extends Serializable {
        void to(int line, int column);
    }

    private ProblemList() {}

    /** Shows problems; folded away if the pipeline can run all the same. */
    static Component of(List<PipelineProblem> problems) {
        return of(problems, null);
    }

    /**
     * Shows problems; folded away if the pipeline can run all the same.
     *
     * @param way leads to the place of a problem; null where there is nowhere to go
     */
    public static Component of(List<PipelineProblem> problems, @Nullable Way way) {
        var errors =
                problems.stream()
                        .filter(one -> one.severity() == PipelineProblem.Severity.ERROR)
                        .count();
        var all = new Div();
        problems.forEach(problem -> all.add(shown(problem, way)));
        if (errors == 0) {
            var warnings =
                    new NativeDetails(
                            problems.size() == 1
                                    ? "A warning about the pipeline"
                                    : problems.size() + " warnings about the pipeline",
                            all);
            warnings.addClassNames("card", "problems");
            return warnings;
        }
        var section =
                new Section(
                        new H2(
                                errors == 1
                                        ? "One thing is wrong with the pipeline"
                                        : errors + " things are wrong with the pipeline"),
                        all);
        section.addClassNames("card", "problems");
        return section;
    }

    private static Div shown(PipelineProblem problem, @Nullable Way way) {
        var state = new Span(problem.message());
        state.addClassName("state");
        state.getElement()
                .setAttribute(
                        "data-status",
                        problem.severity() == PipelineProblem.Severity.ERROR
                                ? "FAILED"
                                : "ERRORED");
        state.getStyle().set("white-space", "normal");
        var where =
                new Span("%s:%d:%d".formatted(problem.file(), problem.line(), problem.column()));
        where.addClassNames("mono", "muted");
        var shown = new Div(state, new Div(way == null ? where : link(where, problem, way)));
        shown.addClassName("problem");
        where.add(new Text(" · " + problem.code()));
        if (!problem.context().isEmpty()) {
            where.add(new Text(" · " + problem.context()));
        }
        if (problem.source() != null) {
            shown.add(excerpt(problem, problem.source()));
        }
        shown.add(new Div(capitalized(problem.fix())));
        return shown;
    }

    private static Component link(Span where, PipelineProblem problem, Way way) {
        var link = new NativeButton("", _ -> way.to(problem.line(), problem.column()));
        link.addClassName("link-button");
        link.add(where);
        link.setTitle("Go there");
        return link;
    }

    private static Pre excerpt(PipelineProblem problem, String source) {
        var number = problem.line() + " │ ";
        var caret =
                new Span(
                        " ".repeat(number.length() + problem.column() - 1)
                                + "^"
                                        .repeat(
                                                Math.max(
                                                        1,
                                                        Math.min(
                                                                problem.length(),
                                                                source.length()
                                                                        - problem.column()
                                                                        + 1))));
        caret.addClassName("caret");
        var excerpt = new Pre();
        excerpt.add(new Text(number + source.replace('\t', ' ') + "\n"), caret);
        excerpt.getElement().setAttribute("tabindex", "0");
        return excerpt;
    }

    private static String capitalized(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
