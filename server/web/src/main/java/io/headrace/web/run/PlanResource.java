package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.run.Pipelines;
import io.headrace.language.Pipeline;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.language.Triggers;
import io.headrace.language.explain.Explainer;
import io.headrace.language.explain.Explanation;
import io.headrace.language.explain.PlanOutline;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.MaxBody;
import io.headrace.web.http.Query;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what pipeline files would do, and why; nothing outside the server is asked. */
@Path("api/v1")
public final class PlanResource {

    private final Pipelines pipelines;

    public PlanResource(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    /**
     * A pipeline file, and what it is planned for.
     *
     * @param file its name in problems; null means {@value Project#DEFAULT_PIPELINE_FILE}
     * @param event null means {@code push}
     * @param branch null means {@code main}, or none where there is a tag
     * @param tag instead of a branch
     * @param changed paths of files that changed; null means that everything counts as changed
     */
    public record Question(
            @Nullable String file,
            @Nullable String text,
            @Nullable String event,
            @Nullable String branch,
            @Nullable String tag,
            @Nullable Map<String, String> parameters,
            @Nullable List<String> changed) {}

    /**
     * The same, about one job.
     *
     * @param job its id, its name, or its key in the file
     */
    public record JobQuestion(
            @Nullable String job,
            @Nullable String file,
            @Nullable String text,
            @Nullable String event,
            @Nullable String branch,
            @Nullable String tag,
            @Nullable Map<String, String> parameters,
            @Nullable List<String> changed) {

        Question about() {
            return new Question(file, text, event, branch, tag, parameters, changed);
        }
    }

    /**
     * What would happen.
     *
     * @param problems sorted by line, warnings included
     * @param plan left out if the file has errors
     */
    public record Planned(
            boolean valid, List<PipelineProblem> problems, @Nullable PlanOutline plan) {}

    /**
     * Why it would.
     *
     * @param problems sorted by line, warnings included
     * @param job left out if the file has errors
     */
    public record Explained(
            boolean valid, List<PipelineProblem> problems, @Nullable Explanation job) {}

    @POST
    @Path("plan")
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(PipelineQuestion.LARGEST)
    @Needs(Permission.VIEW)
    @Doc("Says what a pipeline file would do: its graph, verdicts with reasons, longest chain.")
    public Planned plan(@Nullable Question body) {
        var answer = answer(Query.body(body));
        var pipeline = answer.pipeline();
        var plan = answer.plan();
        return pipeline == null || plan == null
                ? new Planned(false, answer.problems(), null)
                : new Planned(
                        true,
                        answer.problems(),
                        PlanOutline.of(plan, Triggers.matches(pipeline, answer.event())));
    }

    @POST
    @Path("explain")
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(PipelineQuestion.LARGEST)
    @Needs(Permission.VIEW)
    @Doc("Explains a job: why it runs, where its variables come from, what its failure means.")
    public Explained explain(@Nullable JobQuestion body) {
        var job = Query.body(body);
        var title = Query.field("job", job.job());
        var answer = answer(job.about());
        var pipeline = answer.pipeline();
        var plan = answer.plan();
        if (pipeline == null || plan == null) {
            return new Explained(false, answer.problems(), null);
        }
        var explainer = new Explainer(pipeline, answer.event(), plan);
        var explanation =
                explainer
                        .explain(title)
                        .orElseThrow(() -> new BadRequestException(explainer.unknown(title)));
        return new Explained(true, answer.problems(), explanation);
    }

    /** What both are made of; without a pipeline or a plan the problems say why. */
    private record Answer(
            PlanEvent event,
            @Nullable Pipeline pipeline,
            @Nullable Plan plan,
            List<PipelineProblem> problems) {}

    private Answer answer(Question question) {
        var event = event(question);
        var parsed =
                pipelines.parse(
                        PipelineQuestion.file(question.file()),
                        Query.field("text", question.text()));
        var planned = pipelines.plan(parsed, event);
        return new Answer(event, parsed.pipeline(), planned.plan(), planned.problems());
    }

    private static PlanEvent event(Question question) {
        return new PipelineQuestion(
                        question.event(),
                        question.branch(),
                        question.tag(),
                        question.parameters(),
                        question.changed())
                .planEvent();
    }
}
