package io.headrace.language;

import io.headrace.language.expression.Expression;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.Facts;
import io.headrace.language.expression.Flaw;
import io.headrace.language.expression.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one job of a plan. */
final class JobPlanner {

    private static final int MAX_NAME = 500;

    private final Pipeline pipeline;
    private final Variants.Variant variant;
    private final JobDefinition job;
    private final Environment common;
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
            Environment common,
            Report report) {
        this.pipeline = pipeline;
        this.variant = variant;
        this.job = variant.job();
        this.common = common;
        this.report = report;
        this.facts = run.ofVariant(variant.values());
    }

    /**
     * Makes the job.
     *
     * @param producers ids of jobs for each artifact that it needs, in their order
     * @param skip why it has nothing to do, or null
     */
    Plan.Job plan(List<String> needs, List<List<String>> producers, @Nullable String skip) {
        var below = Environment.copyOf(common);
        addMatrix(below);
        Variables.ofParameters(facts.parameters()).forEach(below::putIfAbsent);
        var environment = Environment.copyOf(below);
        environment.putAll(
                EnvironmentResolver.resolve(job.environment(), facts.with(below), report));
        environment.replaceAll(facts::given);
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
                        ? condition(job.condition(), known, true)
                        : new Plan.Condition("", Plan.Condition.Verdict.SKIPPED, skip, ""),
                image(known),
                job.executor(),
                job.pool(),
                labels(known),
                environment.known(),
                environment.later(),
                job.secrets(),
                job.timeLimit(),
                job.retries(),
                job.retryOnTimeout(),
                job.continueOnFailure(),
                job.checkout(),
                priority(),
                job.artifacts().stream().map(artifact -> artifact(artifact, known)).toList(),
                artifactNeeds(producers, known),
                job.resources(),
                steps(known, environment),
                job.terms()
                        .with(
                                job.caches().stream().map(cache -> cache(cache, known)).toList(),
                                locks(known)));
    }

    private void addMatrix(Environment environment) {
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
    private static void addPlain(Environment environment, String name, String value) {
        if (Variables.mayShadow(name)) {
            environment.putIfAbsent(name, value);
        }
    }

    private List<String> labels(RunFacts known) {
        var labels = job.labels().stream().map(label -> render(label, known));
        var platform =
                job.platform().stream().map(label -> render(label, known).toLowerCase(Locale.ROOT));
        return Stream.concat(labels, platform).distinct().toList();
    }

    private @Nullable String image(RunFacts known) {
        var image = job.image();
        return image == null ? null : image(image, known);
    }

    private String image(Text image, RunFacts known) {
        var name = renderOrReport(image, known, report);
        if (name == null) {
            return "";
        }
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

    private List<Plan.ArtifactNeed> artifactNeeds(List<List<String>> producers, RunFacts known) {
        var needs = new ArrayList<Plan.ArtifactNeed>();
        for (var need : job.artifactNeeds()) {
            var directory = need.directory() == null ? "" : render(need.directory(), known);
            if (need.directory() != null) {
                checkPath(need.directory(), directory);
            }
            needs.add(
                    new Plan.ArtifactNeed(producers.get(needs.size()), need.pattern(), directory));
        }
        return List.copyOf(needs);
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

    private List<Plan.Step> steps(RunFacts known, Environment environment) {
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
            Environment environment) {
        var own = EnvironmentResolver.resolve(step.environment(), known, report);
        var all = Environment.copyOf(environment);
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
                own.known(),
                own.later(),
                directory,
                step.timeLimit(),
                step.retries(),
                step.retryOnTimeout(),
                step.continueOnFailure(),
                condition(step.condition(), stepFacts, false),
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
        return new JobTerms.Cache(key(cache.key(), known), paths, cache.when());
    }

    private List<JobTerms.Lock> locks(RunFacts known) {
        var locks = new LinkedHashMap<String, JobTerms.Lock>();
        for (var lock : job.locks()) {
            var name = LockNames.render("lock", lock.name(), known, report);
            var planned = new JobTerms.Lock(name, lock.slots(), lock.ofServer());
            if (locks.putIfAbsent(lock.ofServer() + name, planned) != null) {
                report.warning(
                        ProblemCode.BAD_VALUE,
                        lock.name().mark(),
                        "the lock '%s' is named twice".formatted(Values.shown(name)),
                        "remove one of them");
            }
        }
        return List.copyOf(locks.values());
    }

    private String key(Text key, RunFacts known) {
        try {
            var value = key.template().renderAllButFiles(known);
            known.ledger().add(report.context(), key, value);
            return value;
        } catch (ExpressionException e) {
            e.flaws().forEach(flaw -> report(flaw, key, report));
            return "";
        }
    }

    private Plan.@Nullable Action action(StepDefinition step, RunFacts known) {
        var action = step.action();
        if (action == null) {
            return null;
        }
        var with = new Environment();
        step.with()
                .forEach((name, text) -> {
                    var input = reduce(text, known, known.ledger(), report);
                    if (input instanceof Expression.Literal(var value, _, _)) {
                        with.put(name, value.text());
                    } else {
                        with.put(name, input);
                    }
                });
        return new Plan.Action(action, with.known(), with.later());
    }

    private Plan.Condition condition(@Nullable Guard guard, RunFacts known, boolean ofJob) {
        var planned = Conditions.plan(guard, known, ofJob);
        if (guard != null && Conditions.asksForFiles(planned)) {
            report.error(
                    ProblemCode.UNRESOLVED,
                    guard.scalar().mark(),
                    "'%s' asks for the digest of files".formatted(guard.text()),
                    "decide it in a command");
        }
        if (guard != null && Conditions.namesSecret(planned)) {
            report.error(
                    ProblemCode.SECRET_IN_TEXT,
                    guard.scalar().mark(),
                    "'%s' asks for a secret".formatted(guard.text()),
                    "decide it in a command, where the secret is a variable");
        }
        return planned;
    }

    private String render(Text text, RunFacts known) {
        return render(text, known, report);
    }

    /** Returns a text with its values; empty after reporting that one isn't known. */
    static String render(Text text, RunFacts known, Report report) {
        var value = renderOrReport(text, known, report);
        return value == null ? "" : value;
    }

    private static @Nullable String renderOrReport(Text text, RunFacts known, Report report) {
        try {
            var value = text.template().render(known);
            known.ledger().add(report.context(), text, value);
            return value;
        } catch (ExpressionException e) {
            e.flaws().forEach(flaw -> report(flaw, text, report));
            return null;
        }
    }

    /** Likewise, where a part of it may be known only when the job starts. */
    static Expression reduce(Text text, Facts known, Ledger ledger, Report report) {
        try {
            var value = text.template().reduce(known);
            var shown =
                    value instanceof Expression.Literal(var literal, _, _)
                            ? literal.text()
                            : value.print();
            ledger.add(report.context(), text, shown);
            if (!LateValues.dividesSecrets(value)) {
                return value;
            }
            report.error(
                    ProblemCode.SECRET_IN_TEXT,
                    text.mark(),
                    "a secret can stand in a value only as a whole, or it could not be hidden",
                    "write ${{ secrets.NAME }} alone, with text around it if need be");
        } catch (ExpressionException e) {
            e.flaws().forEach(flaw -> report(flaw, text, report));
        }
        return new Expression.Literal(new Value.Text(""), 0, 0);
    }

    private static void report(Flaw flaw, Text text, Report report) {
        report.error(
                flaw.kind() == Flaw.Kind.SECRET
                        ? ProblemCode.SECRET_IN_TEXT
                        : ProblemCode.UNRESOLVED,
                report.within(text.scalar(), flaw.offset(), flaw.length()),
                flaw.message(),
                flaw.fix());
    }
}
