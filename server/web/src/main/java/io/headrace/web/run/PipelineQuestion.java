package io.headrace.web.run;

import io.headrace.engine.project.Project;
import io.headrace.language.PlanEvent;
import io.headrace.web.http.Query;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question about a pipeline file that is sent with it.
 *
 * @param event null means {@code push}
 * @param branch null means {@code main}, or none where there is a tag
 * @param tag instead of a branch
 * @param changed paths of files that changed; null means that everything counts as changed
 */
record PipelineQuestion(
        @Nullable String event,
        @Nullable String branch,
        @Nullable String tag,
        @Nullable Map<String, String> parameters,
        @Nullable List<String> changed) {

    /** How large a request may be: a file of 1 MiB, every character of it escaped in JSON. */
    static final long LARGEST = 6L << 20;

    /** Returns what the file is called in problems. */
    static String file(@Nullable String name) {
        return name == null || name.isBlank() ? Project.DEFAULT_PIPELINE_FILE : name;
    }

    /** Returns what the pipeline is planned for. */
    PlanEvent planEvent() {
        var name = branch == null || branch.isBlank() ? "main" : branch;
        return PlanEvent.supposed(
                "pipeline",
                event == null
                        ? PlanEvent.Type.PUSH
                        : Query.constant("event", event, PlanEvent.Type.class),
                name,
                tag,
                parameters == null ? Map.of() : parameters,
                changed);
    }
}
