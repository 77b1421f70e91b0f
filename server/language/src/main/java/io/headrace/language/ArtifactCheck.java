package io.headrace.language;

import io.headrace.language.JobDefinition.ArtifactNeedDefinition;
import io.headrace.language.spelling.Spelling;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that artifacts which a job asks for are kept by jobs that it waits for. */
final class ArtifactCheck {

    /** Past this, a wrong name shows only when the job runs: better than minutes of checking. */
    private static final long MAX_WORK = 2_000_000;

    private final Pipeline pipeline;
    private final Variants variants;
    private final Problems problems;
    private final Map<String, JobDefinition> jobs = new HashMap<>();
    private final Map<String, Integer> stages = new HashMap<>();
    private long work;

    ArtifactCheck(Pipeline pipeline, Variants variants, Problems problems) {
        this.pipeline = pipeline;
        this.variants = variants;
        this.problems = problems;
        pipeline.jobs().forEach(job -> jobs.put(job.key(), job));
        pipeline.stages().forEach(stage -> stages.put(stage, stages.size()));
    }

    void check() {
        for (var job : pipeline.jobs()) {
            if (!job.artifactNeeds().isEmpty() && work < MAX_WORK) {
                var report = problems.top().inJob(job.key());
                var before = before(job);
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

    /** Returns the keys of all jobs that {@code job} waits for, directly or not. */
    private Set<String> before(JobDefinition job) {
        var found = new HashSet<String>();
        var queue = new ArrayDeque<JobDefinition>(List.of(job));
        int stage = stage(job);
        if (stage > 0) {
            pipeline.jobs().stream()
                    .filter(other -> other.stage() != null && stage(other) < stage)
                    .forEach(queue::add);
        }
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            if (!next.key().equals(job.key()) && !found.add(next.key())) {
                continue;
            }
            work += next.needs().size() + 1;
            for (var need : next.needs()) {
                variants.named(need.name()).stream()
                        .limit(1)
                        .map(Variants.Variant::job)
                        // In a cycle, the job itself comes up again.
                        .filter(other -> !other.key().equals(job.key()))
                        .filter(other -> !found.contains(other.key()))
                        .forEach(queue::add);
            }
        }
        return found;
    }

    /** Returns the number of the job's stage, or 0 without one: no job comes before stage 0. */
    private int stage(JobDefinition job) {
        return job.stage() == null ? 0 : stages.getOrDefault(job.stage().value(), 0);
    }
}
