package io.headrace.language;

import io.headrace.language.JobDefinition.ArtifactNeedDefinition;
import io.headrace.language.spelling.Spelling;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Checks that artifacts which a job asks for are kept by jobs that it waits for. */
final class ArtifactCheck {

    private final Pipeline pipeline;
    private final Variants variants;
    private final Problems problems;
    private final Map<String, JobDefinition> jobs = new HashMap<>();
    private final EarlierJobs earlier;

    ArtifactCheck(Pipeline pipeline, Variants variants, EarlierJobs earlier, Problems problems) {
        this.pipeline = pipeline;
        this.variants = variants;
        this.earlier = earlier;
        this.problems = problems;
        pipeline.jobs().forEach(job -> jobs.put(job.key(), job));
    }

    void check() {
        for (var job : pipeline.jobs()) {
            if (!job.artifactNeeds().isEmpty() && !earlier.isTooMuch()) {
                var report = problems.top().inJob(job.key());
                var before = earlier.of(job);
                job.artifactNeeds().forEach(need -> check(job, need, before, report));
            }
        }
    }

    private void check(
            JobDefinition job, ArtifactNeedDefinition need, Set<String> before, Report report) {
        var from = need.job();
        Set<String> producers = before;
        if (from != null) {
            var found = variants.named(from);
            if (found.isEmpty()) {
                report.error(
                        ProblemCode.UNKNOWN_JOB,
                        need.mark(),
                        "there is no job '%s'".formatted(Values.shown(from)),
                        Spelling.suggestion(from, jobs.keySet(), "jobs"));
                return;
            }
            var key = found.getFirst().job().key();
            if (!before.contains(key)) {
                report.error(
                        ProblemCode.UNKNOWN_ARTIFACT,
                        need.mark(),
                        "job '%s' does not wait for '%s' and can't have its artifacts"
                                .formatted(job.key(), from),
                        "add '%s' to its depends_on".formatted(from));
                return;
            }
            producers = Set.of(key);
        }
        var kept = new LinkedHashSet<String>();
        for (var producer : producers) {
            var definition = jobs.get(producer);
            if (definition != null) {
                definition.artifacts().forEach(artifact -> kept.add(artifact.name()));
            }
        }
        if (kept.stream().noneMatch(name -> Globs.matches(need.pattern(), name))) {
            report.error(
                    ProblemCode.UNKNOWN_ARTIFACT,
                    need.mark(),
                    "no job that '%s' waits for keeps an artifact '%s'"
                            .formatted(job.key(), need.pattern()),
                    cure(need.pattern(), before, kept));
        }
    }

    private static String cure(String pattern, Set<String> before, Set<String> kept) {
        if (kept.isEmpty()) {
            return "add 'artifacts' to the job that makes it, and that job to depends_on";
        }
        if (before.contains(pattern)) {
            return "'%1$s' is a job: write '%1$s/*' for all that it keeps".formatted(pattern);
        }
        return Spelling.suggestion(pattern, kept, "artifacts");
    }
}
