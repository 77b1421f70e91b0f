package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.run.Pipelines;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PlanEvent;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.MaxBody;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks pipeline files; nothing outside the server is asked. */
@Path("api/v1/lint")
public final class LintResource {

    /** A pipeline file of 1 MiB, every character of it escaped in JSON. */
    private static final long LARGEST = 6L << 20;

    private final Pipelines pipelines;

    public LintResource(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    /**
     * A pipeline file.
     *
     * @param file its name in problems; null means {@value Project#DEFAULT_PIPELINE_FILE}
     * @param branch that it is planned for; null means {@code main}
     * @param event that it is planned for; null means {@code push}
     */
    public record Lint(
            @Nullable String file,
            @Nullable String text,
            @Nullable String branch,
            @Nullable String event,
            @Nullable Map<String, String> parameters) {}

    /**
     * What came of it.
     *
     * @param valid whether it can run
     * @param problems sorted by line, warnings included
     * @param plan left out if it can't run
     */
    public record Linted(boolean valid, List<PipelineProblem> problems, @Nullable PlanView plan) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(LARGEST)
    @Needs(Permission.VIEW)
    @Doc("Checks a pipeline file and plans it.")
    public Linted lint(@Nullable Lint body) {
        var lint = Query.body(body);
        return lint(
                lint.file(),
                Query.field("text", lint.text()),
                lint.branch(),
                lint.event(),
                lint.parameters());
    }

    @POST
    @Consumes({MediaType.TEXT_PLAIN, "application/yaml", "application/x-yaml", "text/yaml"})
    @MaxBody(LARGEST)
    @Needs(Permission.VIEW)
    @Doc("Checks a pipeline file, sent as it is, and plans it.")
    public Linted lintText(
            @QueryParam("file") @Nullable String file,
            @QueryParam("branch") @Nullable String branch,
            @QueryParam("event") @Nullable String event,
            String text) {
        return lint(file, text, branch, event, null);
    }

    private Linted lint(
            @Nullable String file,
            String text,
            @Nullable String branch,
            @Nullable String event,
            @Nullable Map<String, String> parameters) {
        var name = branch == null || branch.isBlank() ? "main" : branch;
        var type =
                event == null
                        ? PlanEvent.Type.PUSH
                        : Query.constant("event", event, PlanEvent.Type.class);
        var planned =
                pipelines.plan(
                        file == null || file.isBlank() ? Project.DEFAULT_PIPELINE_FILE : file,
                        text,
                        new PlanEvent(
                                "lint",
                                type,
                                "refs/heads/" + name,
                                name,
                                null,
                                "0".repeat(40),
                                parameters == null ? Map.of() : parameters));
        var plan = planned.plan();
        return new Linted(
                plan != null, planned.problems(), plan == null ? null : PlanView.of(plan, null));
    }
}
