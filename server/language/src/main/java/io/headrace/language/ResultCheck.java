package io.headrace.language;

import io.headrace.language.expression.Expression;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.YamlNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that results which a job asks for are those of jobs that it waits for. */
final class ResultCheck {

    private final Pipeline pipeline;
    private final Variants variants;
    private final EarlierJobs earlier;
    private final Problems problems;
    private final Map<String, JobDefinition> jobs = new LinkedHashMap<>();

    ResultCheck(Pipeline pipeline, Variants variants, EarlierJobs earlier, Problems problems) {
        this.pipeline = pipeline;
        this.variants = variants;
        this.earlier = earlier;
        this.problems = problems;
        pipeline.jobs().forEach(job -> jobs.put(job.key(), job));
    }

    void check() {
        pipeline.jobs().forEach(job -> new OfJob(job).check());
    }

    private final class OfJob {

        private final JobDefinition job;
        private final Report report;
        private @Nullable Set<String> before;

        OfJob(JobDefinition job) {
            this.job = job;
            this.report = problems.top().inJob(job.key());
        }

        void check() {
            check(job.condition(), report);
            check(job.environment().values(), report);
            for (var step : job.steps()) {
                var in = report.inStep(Values.shown(step.name().value()));
                check(step.condition(), in);
                check(step.environment().values(), in);
                check(step.with().values(), in);
            }
        }

        private void check(@Nullable Guard guard, Report in) {
            if (guard != null) {
                check(guard.expression(), guard.scalar(), guard.from(), in);
            }
        }

        private void check(Collection<Text> texts, Report in) {
            for (var text : texts) {
                if (!text.template().isFixed()) {
                    text.template()
                            .slots()
                            .forEach(slot -> check(slot.expression(), text.scalar(), 0, in));
                }
            }
        }

        private void check(Expression expression, YamlNode.Scalar scalar, int from, Report in) {
            expression
                    .references()
                    .forEach(reference -> {
                        var name = ResultName.of(reference.path());
                        if (name != null) {
                            check(name, reference, scalar, from, in);
                        }
                    });
        }

        private void check(
                ResultName name,
                Expression.Reference reference,
                YamlNode.Scalar scalar,
                int from,
                Report in) {
            var mark = in.within(scalar, reference.offset() + from, reference.length());
            var found = variants.named(name.job());
            if (found.isEmpty()) {
                in.error(
                        ProblemCode.UNKNOWN_JOB,
                        mark,
                        "there is no job '%s'".formatted(Values.shown(name.job())),
                        Spelling.suggestion(name.job(), others(), "jobs"));
                return;
            }
            var other = found.getFirst().job();
            if (other.key().equals(job.key())) {
                in.error(
                        ProblemCode.SELF_DEPENDENCY,
                        mark,
                        "job '%s' has no result while it runs".formatted(job.key()),
                        "use success() or failure() in 'if' of a step");
            } else if (!waitsFor(other)) {
                in.error(
                        ProblemCode.RESULT_NOT_AWAITED,
                        mark,
                        "job '%s' does not wait for '%s' and can't have its result"
                                .formatted(job.key(), name.job()),
                        "add '%s' to its depends_on".formatted(name.job()));
            } else if (name.artifact() != null) {
                var kept =
                        other.artifacts().stream()
                                .map(JobDefinition.ArtifactDefinition::name)
                                .toList();
                if (!kept.contains(name.artifact())) {
                    in.error(
                            ProblemCode.UNKNOWN_ARTIFACT,
                            mark,
                            "job '%s' keeps no artifact '%s'"
                                    .formatted(other.key(), Values.shown(name.artifact())),
                            kept.isEmpty()
                                    ? "add 'artifacts' to it"
                                    : Spelling.suggestion(name.artifact(), kept, "artifacts"));
                }
            }
        }

        private List<String> others() {
            return jobs.keySet().stream().filter(key -> !key.equals(job.key())).toList();
        }

        /** Looks at what the job names first, since the rest takes longer. */
        private boolean waitsFor(JobDefinition other) {
            for (var need : job.needs()) {
                var named = variants.named(need.name());
                if (!named.isEmpty() && named.getFirst().job().key().equals(other.key())) {
                    return true;
                }
            }
            if (before == null && !earlier.isTooMuch()) {
                before = earlier.of(job);
            }
            return before == null || before.contains(other.key());
        }
    }
}
