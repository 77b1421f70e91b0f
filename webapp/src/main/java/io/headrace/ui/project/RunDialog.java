package io.headrace.ui.project;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Trigger;
import io.headrace.language.PlanEvent;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Links;
import io.headrace.ui.look.Notice;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts a run: for which ref, with which parameters. */
final class RunDialog extends Dialog {

    private static final long serialVersionUID = 1L;

    private final transient Project project;
    private final transient Runs runs;
    private final transient Visitor visitor;
    private final TextField ref = new TextField("Branch, tag or commit");
    private final TextArea parameters = new TextArea("Parameters");
    private final Div problem = new Div();

    RunDialog(Project project, Runs runs, Visitor visitor) {
        this.project = project;
        this.runs = runs;
        this.visitor = visitor;
        var branch = project.source().branch();
        ref.setPlaceholder(branch == null ? "the repository's default branch" : branch);
        ref.focus();
        parameters.setPlaceholder("name=value");
        parameters.setHelperText("One a line: name=value");
        var form = new Div(ref, parameters);
        form.addClassName("form");
        setHeaderTitle("Run " + project.name());
        setWidth("min(30rem, 95vw)");
        add(problem, form);
        var start = new Button("Run", _ -> start());
        start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        start.addClickShortcut(Key.ENTER, KeyModifier.CONTROL);
        getFooter().add(new Button("Close", _ -> close()), start);
    }

    private void start() {
        var principal = visitor.require(Permission.RUN);
        problem.removeAll();
        try {
            var accepted =
                    runs.start(
                            new Trigger(
                                    project.name(),
                                    PlanEvent.Type.MANUAL,
                                    ref.isEmpty() ? null : ref.getValue().strip(),
                                    null,
                                    parsed(parameters.getValue()),
                                    principal.name(),
                                    null));
            close();
            getUI().ifPresent(ui -> ui.navigate(Links.run(accepted.run())));
        } catch (Refused e) {
            problem.add(Notice.error(e.getMessage()));
        }
    }

    /**
     * Reads lines of the form {@code name=value}.
     *
     * @throws Refused if a line is none
     */
    static Map<String, String> parsed(String text) {
        var parameters = new LinkedHashMap<String, String>();
        for (var line : text.lines().filter(one -> !one.isBlank()).toList()) {
            var equals = line.indexOf('=');
            if (equals < 1) {
                throw Refused.invalid(
                        "'%s' is no parameter; write one a line, as name=value".formatted(line));
            }
            parameters.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
        return parameters;
    }
}
