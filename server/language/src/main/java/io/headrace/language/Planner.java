package io.headrace.language;

import io.headrace.language.expression.Undefined;
import io.headrace.language.expression.Value;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.Mark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a {@link Pipeline} into the {@link Plan} for one event. */
public final class Planner {

    /**
     * What came of a pipeline.
     *
     * @param plan null if there is an error among the problems
     * @param problems sorted by line and column
     */
    public record Result(@Nullable Plan plan, List<PipelineProblem> problems) {}

    /** Tells whether there is a worker that may take a job. */
    @FunctionalInterface
    public interface Workers {

        /** For callers that know of no workers: every job can be taken. */
        Workers UNKNOWN = (_, _) -> true;

        /** Called once for each job, on the thread of the planner. */
        boolean canTake(String pool, List<String> labels);

        /** Returns what all of them have together; null if that is not known. */
        default @Nullable Offer offer() {
            return null;
        }
    }

    private final Undefined undefined;

    /** Makes one to whom a variable that nobody defined is an error. */
    public Planner() {
        this(Undefined.ERROR);
    }

    /**
     * @param undefined what becomes of variables in texts that nobody defined
     */
    public Planner(Undefined undefined) {
        this.undefined = undefined;
    }

    /**
     * What workers have.
     *
     * @param slots how many jobs they run at a time
     * @param cpus cores
     */
    public record Offer(int slots, double cpus, long memoryBytes) {}

    /**
     * Plans {@code pipeline} for {@code event}. Any number of threads may call it.
     *
     * @return an equal result for equal arguments
     */
    public Result plan(Pipeline pipeline, PlanEvent event) {
        return plan(pipeline, event, Workers.UNKNOWN);
    }

    /**
     * Returns every text of the pipeline that has values in it, with what became of it for {@code
     * event}; as far as planning came, where something is wrong.
     */
    public List<Resolution> resolutions(Pipeline pipeline, PlanEvent event) {
        var ledger = new Ledger(true);
        plan(pipeline, event, Workers.UNKNOWN, ledger);
        return ledger.resolutions();
    }

    /**
     * Likewise, with warnings of jobs that none of {@code workers} can take, and of jobs that ask
     * for more than they have.
     */
    public Result plan(Pipeline pipeline, PlanEvent event, Workers workers) {
        return plan(pipeline, event, workers, new Ledger(false));
    }

    private Result plan(Pipeline pipeline, PlanEvent event, Workers workers, Ledger ledger) {
        var problems = new Problems(pipeline.sources());
        var parameters = parameters(pipeline, event, problems.top());
        var facts = RunFacts.planned(event, parameters, ledger, undefined);
        var common =
                EnvironmentResolver.resolve(
                        pipeline.environment(),
                        facts.with(Environment.of(Variables.ofParameters(parameters))),
                        problems.top());
        var known = pipeline.known();
        var variants = new Variants(known.jobs());
        var needs = new Needs(known, variants);
        if (needs.edges() > Needs.MAX_EDGES) {
            problems.top()
                    .error(
                            ProblemCode.TOO_MANY_EDGES,
                            Mark.START,
                            "the jobs wait for each other %,d times, and the limit is %,d"
                                    .formatted(needs.edges(), Needs.MAX_EDGES),
                            "put a job between two large groups of jobs");
            return new Result(null, problems.sorted());
        }
        var affected = new AffectedProjects(known, event);
        var unchanged = Triggers.skip(pipeline, event);
        var jobs = new ArrayList<Plan.Job>();
        for (var variant : variants.all()) {
            var report = problems.top().inJob(variant.job().key(), "job '" + variant.name() + "'");
            var planner = new JobPlanner(known, variant, facts, common, report);
            var skip = unchanged != null ? unchanged : affected.skip(variant.job());
            var job =
                    planner.plan(needs.of(variant.job()), needs.producersFor(variant.job()), skip);
            jobs.add(afterGenerator(job, pipeline.generator()));
            if (!workers.canTake(job.pool(), job.labels())) {
                report.warning(
                        ProblemCode.NO_WORKER,
                        variant.job().mark(),
                        "no worker has the pool '%s'%s, so the job would wait"
                                .formatted(
                                        job.pool(),
                                        job.labels().isEmpty()
                                                ? ""
                                                : " and the labels "
                                                        + String.join(", ", job.labels())),
                        "correct them, or start such a worker");
            }
        }
        var terms = terms(pipeline, facts.with(common), problems.top());
        if (problems.haveErrors()) {
            return new Result(null, problems.sorted());
        }
        var ordered = Batches.of(jobs, terms);
        var levels = Levels.of(ordered);
        var offer = workers.offer();
        if (offer != null) {
            new CapacityCheck(offer, known, problems).check(ordered, levels);
        }
        var draft =
                new Plan(
                        pipeline.name() == null ? event.project() : pipeline.name(),
                        pipeline.timeLimit(),
                        pipeline.failFast(),
                        ordered,
                        levels,
                        "",
                        terms);
        var plan =
                new Plan(
                        draft.name(),
                        draft.timeLimit(),
                        draft.failFast(),
                        draft.jobs(),
                        draft.levels(),
                        PlanHash.of(draft),
                        terms);
        return new Result(plan, problems.sorted());
    }

    /** Whatever needs nothing else needs what made it, or what it was planned with. */
    private static Plan.Job afterGenerator(Plan.Job job, Pipeline.@Nullable Generator generator) {
        return generator == null || !job.needs().isEmpty() || job.id().equals(generator.job().key())
                ? job
                : job.waitingFor(List.of(generator.job().key()));
    }

    private static PlanTerms terms(Pipeline pipeline, RunFacts facts, Report report) {
        var terms = pipeline.terms();
        var generator = pipeline.generator();
        var settings = new LinkedHashMap<String, Setting>();
        terms.settings()
                .forEach((key, value) -> {
                    var in = report.in(key);
                    settings.put(key, value.resolve(text -> JobPlanner.render(text, facts, in)));
                });
        var concurrency = terms.settings().get("concurrency");
        if (concurrency != null) {
            var group =
                    concurrency.text() == null ? concurrency.fields().get("group") : concurrency;
            if (group != null && group.text() != null) {
                LockNames.render("group", group.text(), facts, report.in("concurrency"));
            }
        }
        return new PlanTerms(
                terms.mode(),
                terms.batchSize(),
                terms.affinity(),
                terms.retryPolicy(),
                settings,
                terms.work(),
                terms.blockers(),
                terms.included(),
                generator == null
                        ? null
                        : new PlanTerms.Generation(
                                generator.job().key(),
                                pipeline.sources().getFirst().file(),
                                !generator.hasRun()));
    }

    /** Returns every parameter that has a value, with its type. */
    private static Map<String, Value> parameters(
            Pipeline pipeline, PlanEvent event, Report report) {
        var values = new LinkedHashMap<String, Value>();
        var declared = new HashSet<String>();
        for (var parameter : pipeline.parameters()) {
            declared.add(parameter.name());
            var given = event.parameters().get(parameter.name());
            var value = given == null ? parameter.defaultValue() : given;
            var flaw = value == null ? null : ParameterCheck.flaw(parameter, value);
            if (flaw != null) {
                report.error(
                        ProblemCode.PARAMETER,
                        parameter.mark(),
                        "parameter '%s': %s".formatted(parameter.name(), flaw),
                        "start the run with another value");
            } else if (value != null) {
                values.put(parameter.name(), RunFacts.typed(parameter.type(), value));
            } else if (parameter.required()) {
                report.error(
                        ProblemCode.PARAMETER,
                        parameter.mark(),
                        "parameter '%s' is required and not given".formatted(parameter.name()),
                        "start the run with a value, or declare a default");
            }
        }
        refuseUnknown(pipeline, event, declared, report);
        return values;
    }

    private static void refuseUnknown(
            Pipeline pipeline, PlanEvent event, Set<String> declared, Report report) {
        var known = new HashSet<>(declared);
        known.addAll(pipeline.environment().keySet());
        for (var job : pipeline.jobs()) {
            known.addAll(job.environment().keySet());
            job.steps().forEach(step -> known.addAll(step.environment().keySet()));
        }
        event.parameters().keySet().stream()
                .sorted()
                .filter(name -> !known.contains(name))
                .forEach(name ->
                        report.error(
                                ProblemCode.PARAMETER,
                                Mark.START,
                                "the pipeline has no parameter '%s'".formatted(Values.shown(name)),
                                Spelling.suggestion(name, known, "parameters")));
    }
}
