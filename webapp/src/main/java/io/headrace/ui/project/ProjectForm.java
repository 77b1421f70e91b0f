package io.headrace.ui.project;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.function.SerializableConsumer;
import io.headrace.engine.project.Project;
import org.jspecify.annotations.Nullable;

/** The fields of a project. */
final class ProjectForm extends Div {

    private static final long serialVersionUID = 1L;
    private static final String GIT = "git";

    private final TextField url = new TextField("Repository");
    private final TextField branch = new TextField("Branch");
    private final TextField file = new TextField("Pipeline file");
    private final String type;

    /**
     * @param project whose values are shown first, or null
     */
    ProjectForm(@Nullable Project project) {
        addClassName("form");
        url.setRequiredIndicatorVisible(true);
        url.setHelperText("An address such as https://… or git@host:path, or a path on the server");
        branch.setHelperText("For runs that name none; empty means the repository's default");
        file.setPlaceholder(Project.DEFAULT_PIPELINE_FILE);
        file.setHelperText("Path inside the repository");
        type = project == null ? GIT : project.source().type();
        if (project != null) {
            url.setValue(project.source().url());
            branch.setValue(project.source().branch() == null ? "" : project.source().branch());
            file.setValue(project.pipelineFile());
        }
        add(url, branch, file);
    }

    /** Tells the address of the repository whenever somebody has changed it. */
    void onAddress(SerializableConsumer<String> told) {
        url.addValueChangeListener(changed -> told.accept(changed.getValue()));
    }

    Project.Source source() {
        return new Project.Source(type, url.getValue(), branch.getValue());
    }

    String pipelineFile() {
        return file.getValue();
    }
}
