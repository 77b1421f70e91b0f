package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.Pipelines;
import io.headrace.engine.run.Runs;
import io.headrace.language.Includes;
import io.headrace.language.PipelineProblem;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.MaxBody;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks pipeline files; nothing outside the server is asked. */
@Path("api/v1/lint")
public final class LintResource {

    private final Pipelines pipelines;
    private final PipelineFiles files;

    public LintResource(Pipelines pipelines, Projects projects, Runs runs) {
        this.pipelines = pipelines;
        this.files = new PipelineFiles(projects, runs);
    }

    /**
     * A pipeline file.
     *
     * @param file its name in problems; null means {@value Project#DEFAULT_PIPELINE_FILE}
     * @param branch that it is planned for; null means {@code main}, or none where there is a tag
     * @param tag instead of a branch
     * @param event that it is planned for; null means {@code push}
     * @param files other files that it names, by path
     * @param project whose repository has those that are not among them; needs the permission RUN
     */
    public record Lint(
            @Nullable String file,
            @Nullable String text,
            @Nullable String branch,
            @Nullable String tag,
            @Nullable String event,
            @Nullable Map<String, String> parameters,
            @Nullable Map<String, String> files,
            @Nullable String project) {}

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
    @MaxBody(PipelineQuestion.LARGEST)
    @Needs(Permission.VIEW)
    @Doc("Checks a pipeline file and plans it.")
    public Linted lint(@Nullable Lint body, @Context SecurityContext caller) {
        var lint = Query.body(body);
        return lint(
                lint.file(),
                Query.field("text", lint.text()),
                lint.branch(),
                lint.tag(),
                lint.event(),
                lint.parameters(),
                files.of(lint.files(), files.project(lint.project(), caller)));
    }

    @POST
    @Consumes({MediaType.TEXT_PLAIN, "application/yaml", "application/x-yaml", "text/yaml"})
    @MaxBody(PipelineQuestion.LARGEST)
    @Needs(Permission.VIEW)
    @Doc("Checks a pipeline file, sent as it is, and plans it.")
    public Linted lintText(
            @QueryParam("file") @Nullable String file,
            @QueryParam("branch") @Nullable String branch,
            @QueryParam("tag") @Nullable String tag,
            @QueryParam("event") @Nullable String event,
            String text) {
        return lint(file, text, branch, tag, event, null, files.of(null, null));
    }

    private Linted lint(
            @Nullable String file,
            String text,
            @Nullable String branch,
            @Nullable String tag,
            @Nullable String event,
            @Nullable Map<String, String> parameters,
            Includes includes) {
        var question = new PipelineQuestion(event, branch, tag, parameters, null);
        var planned =
                pipelines.plan(
                        pipelines.parse(PipelineQuestion.file(file), text, includes),
                        question.planEvent());
        var plan = planned.plan();
        return new Linted(
                plan != null, planned.problems(), plan == null ? null : PlanView.of(plan, null));
    }
}
