package io.headrace.ui.project;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.ui.access.Visitor;
import io.headrace.ui.look.Notice;
import io.headrace.ui.look.Notices;
import java.util.function.Consumer;

/** Changes a project. */
final class SettingsDialog extends Dialog {

    private static final long serialVersionUID = 1L;

    SettingsDialog(Project project, Projects projects, Visitor visitor, Consumer<Project> changed) {
        var form = new ProjectForm(project);
        var problem = new Div();
        setHeaderTitle("Settings of " + project.name());
        setWidth("min(34rem, 95vw)");
        add(problem, form);
        var save =
                new Button(
                        "Save",
                        _ -> {
                            visitor.require(Permission.CONFIGURE);
                            problem.removeAll();
                            try {
                                changed.accept(
                                        projects.update(
                                                project.name(),
                                                form.source(),
                                                form.pipelineFile()));
                                Notices.done("Settings are saved");
                                close();
                            } catch (Refused e) {
                                problem.add(Notice.error(e.getMessage()));
                            }
                        });
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Close", _ -> close()), save);
    }
}
