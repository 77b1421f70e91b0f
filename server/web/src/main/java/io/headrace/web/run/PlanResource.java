package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.Pipelines;
import io.headrace.engine.run.Runs;
import io.headrace.language.Pipeline;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.language.Triggers;
import io.headrace.language.explain.Explainer;
import io.headrace.language.explain.Explanation;
import io.headrace.language.explain.PlanOutline;
import io.headrace.language.explain.TimeCheck;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.MaxBody;
import io.headrace.web.http.Query;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what pipeline files would do, and why; nothing outside the server is asked. */
@Path("api/v1")
public final class PlanResource {

    private final Pipelines pipelines;
    private final Runs runs;
    private final PipelineFiles files;

    public PlanResource(Pipelines pipelines, Projects projects, Runs runs) {
        this.pipelines = pipelines;
        this.runs = runs;
        this.files = new PipelineFiles(projects, runs);
    }

    /**
     * A pipeline file, and what it is planned for.
     *
     * @param file its name in problems; null means {@value Project#DEFAULT_PIPELINE_FILE}
     * @param event null means {@code push}
     * @param branch null means {@code main}, or none where there is a tag
     * @param tag instead of a branch
     * @param changed paths of files that changed; null means that everything counts as changed
     * @param files other files that it names, by path
     * @param project whose repository has those that are not among them, and whose latest runs show
     *     how long jobs take; needs the permission RUN
     */
    public record Question(
            @Nullable String file,
            @Nullable String text,
            @Nullable String event,
            @Nullable String branch,
            @Nullable String tag,
            @Nullable Map<String, String> parameters,
            @Nullable List<String> changed,
            @Nullable Map<String, String> files,
            @Nullable String project) {}

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
            @Nullable List<String> changed,
            @Nullable Map<String, String> files,
            @Nullable String project) {

        Question about() {
            return new Question(
                    file, text, event, branch, tag, parameters, changed, files, project);
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
    public Planned plan(@Nullable Question body, @Context SecurityContext caller) {
        var answer = answer(Query.body(body), caller);
        var pipeline = answer.pipeline();
        var plan = answer.plan();
        return pipeline == null || plan == null
                ? new Planned(false, answer.problems(), null)
                : new Planned(
                        true,
                        answer.problems(),
                        PlanOutline.of(
                                plan, Triggers.matches(pipeline, answer.event()), answer.past()));
    }

    @POST
    @Path("explain")
    @Consumes(MediaType.APPLICATION_JSON)
    @MaxBody(PipelineQuestion.LARGEST)
    @Needs(Permission.VIEW)
    @Doc("Explains a job: why it runs, where its variables come from, what its failure means.")
    public Explained explain(@Nullable JobQuestion body, @Context SecurityContext caller) {
        var job = Query.body(body);
        var title = Query.field("job", job.job());
        var answer = answer(job.about(), caller);
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
            List<PipelineProblem> problems,
            Map<String, Duration> past) {}

    private Answer answer(Question question, SecurityContext caller) {
        var event = event(question);
        var project = files.project(question.project(), caller);
        var parsed =
                pipelines.parse(
                        PipelineQuestion.file(question.file()),
                        Query.field("text", question.text()),
                        files.of(question.files(), project));
        var planned = pipelines.plan(parsed, event);
        var past = project == null ? Map.<String, Duration>of() : runs.pastTimes(project.id());
        return new Answer(
                event,
                parsed.pipeline(),
                planned.plan(),
                problems(parsed.pipeline(), planned, past),
                past);
    }

    private static List<PipelineProblem> problems(
            @Nullable Pipeline pipeline, Pipelines.Planned planned, Map<String, Duration> past) {
        var plan = planned.plan();
        var problems = new ArrayList<>(planned.problems());
        if (pipeline != null && plan != null) {
            TimeCheck.check(pipeline, plan, past).ifPresent(problems::add);
        }
        problems.sort(PipelineProblem.BY_PLACE);
        return List.copyOf(problems);
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
