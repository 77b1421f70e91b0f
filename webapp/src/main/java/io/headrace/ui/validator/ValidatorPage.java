package io.headrace.ui.validator;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.run.Pipelines;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PlanEvent;
import io.headrace.language.Triggers;
import io.headrace.language.explain.PlanOutline;
import io.headrace.ui.access.Needs;
import io.headrace.ui.look.PageHead;
import io.headrace.ui.run.ProblemList;
import io.headrace.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what is wrong with a pipeline file, and what it would do, while one types. */
@Route(value = "validator", layout = MainLayout.class)
@PageTitle("Validator · Headrace")
@Needs(Permission.VIEW)
public final class ValidatorPage extends Main {

    private static final long serialVersionUID = 1L;

    /** As long as a request to check one may be; see {@code POST /lint}. */
    private static final int MAX_LENGTH = 1 << 20;

    private static final String START =
            """
            name: shop

            jobs:
              build:
                steps:
                  - name: compile
                    run: make
                artifacts:
                  jar: build/*.jar

              test:
                needs: [build]
                matrix:
                  database: [derby, postgresql]
                steps:
                  - name: test with ${{ matrix.database }}
                    run: make test DATABASE="$database"

              deploy:
                needs: [test]
                if: branch == 'main'
                artifact_dependencies: [jar]
                steps:
                  - name: copy
                    run: ./deploy.sh
            """;

    private final transient Pipelines pipelines;
    private final Select<PlanEvent.Type> event = new Select<>();
    private final TextField branch = new TextField("Branch");
    private final Paragraph said = new Paragraph();
    private final Div results = new Div();
    private final PipelineEditor editor = new PipelineEditor(START, this::changed);
    private String text = "";

    @Inject
    public ValidatorPage(Pipelines pipelines) {
        this.pipelines = pipelines;
        event.setLabel("Event");
        event.setItems(PlanEvent.Type.values());
        event.setItemLabelGenerator(type -> type.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        event.setValue(PlanEvent.Type.PUSH);
        event.addValueChangeListener(_ -> check());
        branch.setValue("main");
        branch.setValueChangeMode(ValueChangeMode.LAZY);
        branch.addValueChangeListener(_ -> check());
        var options = new Div(event, branch);
        options.addClassName("validator-options");
        var answer = new Div(said, results);
        answer.addClassName("validator-answer");
        answer.getElement().setAttribute("role", "region");
        answer.getElement().setAttribute("aria-label", "What comes of it");
        said.addClassName("state");
        said.getElement().setAttribute("role", "status");
        var sides = new Div(editor, answer);
        sides.addClassName("validator");
        var hint =
                new Paragraph(
                        "Nothing is run, and nothing outside this server is asked. In the editor Escape and"
                                + " then Tab lead on.");
        hint.addClassName("muted");
        add(new PageHead("Validator"), hint, options, sides);
    }

    private void changed(String newText) {
        text = newText;
        check();
    }

    private void check() {
        results.removeAll();
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            editor.mark(List.of());
            said.getElement().removeAttribute("data-status");
            said.setText(
                    text.isBlank()
                            ? "Write a pipeline file, or paste one"
                            : "The file is longer than 1 MiB; split it with 'include'");
            return;
        }
        var asked = asked();
        var parsed = pipelines.parse(Project.DEFAULT_PIPELINE_FILE, text);
        var planned = pipelines.plan(parsed, asked);
        editor.mark(planned.problems());
        var pipeline = parsed.pipeline();
        var plan = planned.plan();
        say(planned.problems());
        if (pipeline != null && plan != null) {
            results.add(new PlanPicture(PlanOutline.of(plan, Triggers.matches(pipeline, asked))));
        }
        if (!planned.problems().isEmpty()) {
            results.add(ProblemList.of(planned.problems(), editor::show));
        }
    }

    private PlanEvent asked() {
        var name = branch.getValue().isBlank() ? "main" : branch.getValue().strip();
        var tag = event.getValue() == PlanEvent.Type.TAG;
        return PlanEvent.supposed(
                "pipeline", event.getValue(), name, tag ? name : null, Map.of(), null);
    }

    private void say(List<PipelineProblem> problems) {
        var errors =
                problems.stream()
                        .filter(one -> one.severity() == PipelineProblem.Severity.ERROR)
                        .count();
        var warnings = problems.size() - errors;
        said.getElement().setAttribute("data-status", errors > 0 ? "FAILED" : "SUCCEEDED");
        said.setText(
                (errors == 0 ? "The file is right" : counted(errors, "error"))
                        + (warnings == 0 ? "" : ", " + counted(warnings, "warning")));
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
