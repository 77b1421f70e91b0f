package io.headrace.language;

import io.headrace.language.expression.ExpressionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one job of a plan. */
final class JobPlanner {

    private static final int MAX_NAME = 500;

    private final Pipeline pipeline;
    private final Variants.Variant variant;
    private final JobDefinition job;
    private final Map<String, String> common;
    private final Report report;
    private final RunFacts facts;

    /**
     * @param run what is known of the run
     * @param common variables of the pipeline
     */
    JobPlanner(
            Pipeline pipeline,
            Variants.Variant variant,
            RunFacts run,
            Map<String, String> common,
            Report report) {
        this.pipeline = pipeline;
        this.variant = variant;
        this.job = variant.job();
        this.common = common;
        this.report = report;
        this.facts =
                RunFacts.planned(run.event(), run.parameters(), variant.values(), run.ledger());
    }

    /**
     * Makes the job.
     *
     * @param skip why it has nothing to do, or null
     */
    Plan.Job plan(
            List<String> needs, List<Plan.ArtifactNeed> artifactNeeds, @Nullable String skip) {
        var below = new LinkedHashMap<>(common);
        addMatrix(below);
        Variables.ofParameters(facts.parameters()).forEach(below::putIfAbsent);
        var environment = new LinkedHashMap<>(below);
        environment.putAll(
                EnvironmentResolver.resolve(job.environment(), facts.with(below), report));
        environment.replaceAll(this::given);
        facts.parameters()
                .forEach((name, value) ->
                        environment.put(Variables.ofParameter(name), value.text()));
        var known = facts.with(environment);
        return new Plan.Job(
                variant.id(),
                variant.name(),
                job.key(),
                variant.values(),
                job.stage() == null ? null : job.stage().value(),
                needs,
                skip == null
                        ? Conditions.plan(job.condition(), known)
                        : new Plan.Condition("", Plan.Condition.Verdict.SKIPPED, skip, ""),
                image(known),
                job.executor(),
                job.pool(),
                job.labels().stream().map(label -> render(label, known)).distinct().toList(),
                Collections.unmodifiableMap(environment),
                job.secrets(),
                job.timeLimit(),
                job.retries(),
                job.retryOnTimeout(),
                job.continueOnFailure(),
                job.checkout(),
                priority(),
                job.artifacts().stream().map(artifact -> artifact(artifact, known)).toList(),
                artifactNeeds,
                job.resources(),
                steps(known, environment),
                job.terms().with(job.caches().stream().map(cache -> cache(cache, known)).toList()));
    }

    /** What whoever starts a run gives wins over every level (conflicts B1). */
    private String given(String name, String value) {
        var given = facts.given(name);
        return given == null ? value : given;
    }

    private void addMatrix(Map<String, String> environment) {
        variant.values()
                .forEach((axis, value) -> {
                    var upper = Variables.upper(axis);
                    environment.put("MATRIX_" + upper, value);
                    addPlain(environment, upper, value);
                    if (upper.equals("GO")) {
                        addPlain(environment, "GO_VERSION", value);
                    }
                });
    }

    /** A variable that the author set wins over the plain name of an axis (conflicts A13). */
    private static void addPlain(Map<String, String> environment, String name, String value) {
        if (Variables.mayShadow(name)) {
            environment.putIfAbsent(name, value);
        }
    }

    private @Nullable String image(RunFacts known) {
        var image = job.image();
        return image == null ? null : image(image, known);
    }

    private String image(Text image, RunFacts known) {
        var name = render(image, known);
        if (!image.template().isFixed() && !ImageReader.isImage(name)) {
            report.error(
                    ProblemCode.BAD_IMAGE,
                    image.mark(),
                    "'%s' becomes '%s', which is no reference to an image"
                            .formatted(Values.shown(image.value()), Values.shown(name)),
                    "write it like registry/name:tag, in lower case");
        }
        return name;
    }

    private int priority() {
        var own = job.priority() != null ? job.priority() : pipeline.priority();
        return own != null ? own : Priorities.of(facts.event());
    }

    private Plan.Artifact artifact(JobDefinition.ArtifactDefinition artifact, RunFacts known) {
        var paths = new ArrayList<String>();
        for (var path : artifact.paths()) {
            var rendered = render(path, known);
            checkPath(path, rendered);
            paths.add(rendered);
        }
        return new Plan.Artifact(
                artifact.name(), List.copyOf(paths), artifact.when(), artifact.retentionDays());
    }

    private void checkPath(Text written, String path) {
        var flaw = written.template().isFixed() || path.isEmpty() ? null : Paths.flaw(path);
        if (flaw != null) {
            report.error(
                    ProblemCode.BAD_PATH,
                    written.mark(),
                    "'%s' becomes '%s', which %s"
                            .formatted(Values.shown(written.value()), Values.shown(path), flaw),
                    "write a path that stays in the workspace");
        }
    }

    private List<Plan.Step> steps(RunFacts known, Map<String, String> environment) {
        var steps = new ArrayList<Plan.Step>();
        Set<String> names = new HashSet<>();
        for (var step : job.steps()) {
            steps.add(step(step, steps.size(), names, known, environment));
        }
        return List.copyOf(steps);
    }

    private Plan.Step step(
            StepDefinition step,
            int index,
            Set<String> names,
            RunFacts known,
            Map<String, String> environment) {
        var own =
                new LinkedHashMap<>(EnvironmentResolver.resolve(step.environment(), known, report));
        own.replaceAll(this::given);
        var all = new LinkedHashMap<>(environment);
        all.putAll(own);
        var stepFacts = facts.with(all);
        var rendered = render(step.name(), stepFacts);
        var name = rendered.length() <= MAX_NAME ? rendered : rendered.substring(0, MAX_NAME);
        var directory =
                step.workingDirectory() == null ? "" : render(step.workingDirectory(), stepFacts);
        if (step.workingDirectory() != null) {
            checkPath(
                    step.workingDirectory(),
                    directory.startsWith("/") ? directory.substring(1) : directory);
        }
        return new Plan.Step(
                index,
                names.add(name) ? name : "%s (%d)".formatted(name, index + 1),
                step.commands().stream().map(command -> render(command, stepFacts)).toList(),
                action(step, stepFacts),
                Collections.unmodifiableMap(own),
                directory,
                step.timeLimit(),
                step.retries(),
                step.retryOnTimeout(),
                step.continueOnFailure(),
                Conditions.plan(step.condition(), stepFacts),
                step.image() == null ? null : image(step.image(), stepFacts),
                step.isolate());
    }

    private JobTerms.Cache cache(JobDefinition.CacheDefinition cache, RunFacts known) {
        var paths = new ArrayList<String>();
        for (var path : cache.paths()) {
            var rendered = render(path, known);
            checkPath(path, rendered);
            paths.add(rendered);
        }
        return new JobTerms.Cache(render(cache.key(), known), paths, cache.when());
    }

    private Plan.@Nullable Action action(StepDefinition step, RunFacts known) {
        var action = step.action();
        if (action == null) {
            return null;
        }
        var with = new LinkedHashMap<String, String>();
        step.with().forEach((name, text) -> with.put(name, render(text, known)));
        return new Plan.Action(action, Collections.unmodifiableMap(with));
    }

    private String render(Text text, RunFacts known) {
        return render(text, known, report);
    }

    /** Returns a text with its values; empty after reporting that one isn't known. */
    static String render(Text text, RunFacts known, Report report) {
        try {
            var value = text.template().render(known);
            known.ledger().add(report.context(), text, value);
            return value;
        } catch (ExpressionException e) {
            report.error(
                    ProblemCode.UNRESOLVED,
                    report.within(text.scalar(), e.flaw().offset(), e.flaw().length()),
                    e.flaw().message(),
                    e.flaw().fix());
            return "";
        }
    }
}
