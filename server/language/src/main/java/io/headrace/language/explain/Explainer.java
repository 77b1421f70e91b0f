package io.headrace.language.explain;

import io.headrace.language.Conditions;
import io.headrace.language.JobDefinition;
import io.headrace.language.Pipeline;
import io.headrace.language.Plan;
import io.headrace.language.Plan.Condition.Verdict;
import io.headrace.language.PlanEvent;
import io.headrace.language.PlanTerms;
import io.headrace.language.Triggers;
import io.headrace.language.spelling.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains jobs of one plan. Immutable, pure. */
public final class Explainer {

    private final Pipeline pipeline;
    private final PlanEvent event;
    private final Plan plan;

    /**
     * @param pipeline that {@code plan} was made of
     * @param event that it was made for
     */
    public Explainer(Pipeline pipeline, PlanEvent event, Plan plan) {
        this.pipeline = pipeline;
        this.event = event;
        this.plan = plan;
    }

    /**
     * Explains a job.
     *
     * @param title its id, its name, or its key in the file, which means its first variant
     * @return empty if the plan has no such job
     */
    public Optional<Explanation> explain(String title) {
        return find(title).map(this::explain);
    }

    /** Returns the ids of all jobs, to choose from. */
    public List<String> jobs() {
        return plan.jobs().stream().map(Plan.Job::id).toList();
    }

    /** Returns a sentence for people who asked for a job that the plan doesn't have. */
    public String unknown(String title) {
        return pipeline.isOpen()
                ? "Job '%s' is not known yet: all jobs but 'generate' are planned when that one has run"
                        .formatted(title)
                : "The pipeline has no job '%s'; %s"
                        .formatted(title, Spelling.suggestion(title, jobs(), "jobs"));
    }

    private Optional<Plan.Job> find(String title) {
        return Stream.<Predicate<Plan.Job>>of(
                        job -> job.id().equals(title),
                        job -> job.name().equals(title),
                        job -> job.baseName().equals(title))
                .flatMap(named -> plan.jobs().stream().filter(named))
                .findFirst();
    }

    private Explanation explain(Plan.Job job) {
        var definition =
                pipeline.known().jobs().stream()
                        .filter(each -> each.key().equals(job.baseName()))
                        .findFirst();
        var origins = new Origins(pipeline, definition.orElse(null));
        return new Explanation(
                job.id(),
                job.name(),
                plan.jobs().stream()
                        .filter(each -> each.baseName().equals(job.baseName()))
                        .map(Plan.Job::id)
                        .toList(),
                definition
                        .map(each -> origins.at("job", each.mark()))
                        .orElse(Explanation.Origin.of("pipeline")),
                Triggers.matches(pipeline, event),
                decision(job.condition(), "its needs are over"),
                job.steps().stream()
                        .map(step ->
                                new Explanation.StepDecision(
                                        step.name(),
                                        decision(step.condition(), "the steps before it are over")))
                        .toList(),
                needs(job, definition.orElse(null)),
                waiting(job),
                failure(job),
                new VariableOrigins(pipeline, event, origins).of(job, definition.orElse(null)),
                job.secrets(),
                new SettingOrigins(origins, job, plan).all());
    }

    private static Explanation.Decision decision(Plan.Condition condition, String later) {
        var written = condition.expression().isEmpty() ? null : condition.expression();
        var why = condition.explanation();
        var sentence =
                switch (condition.verdict()) {
                    case RUNS ->
                            written == null
                                    ? "runs unless something before it fails: it has no condition"
                                    : "runs unless something before it fails: %s is true"
                                            .formatted(why);
                    case SKIPPED ->
                            written == null
                                    ? "is skipped: " + why
                                    : "is skipped: %s is not true".formatted(why);
                    case DEFERRED ->
                            "is decided when %s: %s, of which %s is still open"
                                    .formatted(later, why, condition.open());
                };
        return new Explanation.Decision(condition.verdict(), written, sentence);
    }

    private List<Explanation.Need> needs(Plan.Job job, @Nullable JobDefinition definition) {
        var needs = new ArrayList<Explanation.Need>();
        for (var id : job.needs()) {
            var need = plan.job(id).orElse(null);
            needs.add(
                    new Explanation.Need(
                            id,
                            need == null ? id : need.name(),
                            need == null ? "depends_on" : because(job, need, definition)));
        }
        return List.copyOf(needs);
    }

    private String because(Plan.Job job, Plan.Job need, @Nullable JobDefinition definition) {
        var names = List.of(need.id(), need.name(), need.baseName());
        if (definition != null
                && definition.needs().stream().anyMatch(each -> names.contains(each.name()))) {
            return "depends_on";
        }
        if (need.stage() != null && job.stage() != null && !need.stage().equals(job.stage())) {
            return "stage '%s' comes before '%s'".formatted(need.stage(), job.stage());
        }
        var generation = plan.terms().generation();
        if (generation != null && need.id().equals(generation.job())) {
            return "'generate' comes first";
        }
        return plan.terms().mode() == PlanTerms.Mode.PARALLEL
                ? "its project or phase comes first"
                : "mode: " + plan.terms().mode().name().toLowerCase(Locale.ROOT);
    }

    private List<String> waiting(Plan.Job job) {
        return plan.jobs().stream()
                .filter(each -> each.needs().contains(job.id()))
                .map(Plan.Job::id)
                .toList();
    }

    /** Follows what the queue does when a job fails. */
    private Explanation.Failure failure(Plan.Job job) {
        int attempts = job.retries() + 1;
        var cancelled = new ArrayList<String>();
        var runs = new ArrayList<String>();
        var impact = impact(job);
        boolean others = plan.failFast() && !job.continueOnFailure();
        for (var each : plan.jobs()) {
            boolean after = impact.contains(each.id());
            if (each.condition().verdict() == Verdict.SKIPPED
                    || each.id().equals(job.id())
                    || !(after || others)) {
                continue;
            }
            boolean stops = others || (!job.continueOnFailure() && !runsAfterFailure(each, job));
            (stops ? cancelled : runs).add(each.id());
        }
        return new Explanation.Failure(
                attempts,
                List.copyOf(cancelled),
                List.copyOf(runs),
                sentence(job, attempts, cancelled.size(), runs.size()));
    }

    private boolean runsAfterFailure(Plan.Job job, Plan.Job failed) {
        return job.condition().verdict() == Verdict.DEFERRED
                && Conditions.ofJob(
                                        job.condition(),
                                        new Conditions.Facts(
                                                true,
                                                false,
                                                event,
                                                job.environment(),
                                                new OneFailed(failed)))
                                .verdict()
                        == Verdict.RUNS;
    }

    private String sentence(Plan.Job job, int attempts, int cancelled, int runs) {
        var text = new StringBuilder();
        text.append(
                attempts == 1
                        ? "The first failure counts"
                        : "It is tried %d times before a failure counts".formatted(attempts));
        text.append(
                job.continueOnFailure()
                        ? "; then the run can succeed all the same (continue_on_failure)"
                        : "; then the run fails");
        if (plan.failFast() && !job.continueOnFailure()) {
            text.append(", and all other jobs are cancelled at once (fail_fast)");
        }
        if (cancelled > 0) {
            text.append(
                    "; %d %s not run"
                            .formatted(cancelled, cancelled == 1 ? "job does" : "jobs do"));
        }
        if (runs > 0) {
            text.append(
                    "; %d %s all the same"
                            .formatted(
                                    runs,
                                    runs == 1 ? "that waits for it runs" : "that wait for it run"));
        }
        return text.append('.').toString();
    }

    /** Returns the ids of all jobs that wait for {@code job}, directly or not. */
    private Set<String> impact(Plan.Job job) {
        var found = new HashSet<String>(Set.of(job.id()));
        var byId = new HashMap<String, Plan.Job>();
        plan.jobs().forEach(each -> byId.put(each.id(), each));
        for (var level : plan.levels()) {
            for (var id : level) {
                var each = byId.get(id);
                if (each != null && each.needs().stream().anyMatch(found::contains)) {
                    found.add(id);
                }
            }
        }
        found.remove(job.id());
        return found;
    }
}
