package io.headrace.language;

import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what jobs say about each other: needs, stages, artifacts. */
final class ReferenceCheck {

    private final Pipeline pipeline;
    private final Problems problems;
    private final boolean strict;
    private final Variants variants;
    private final Map<String, JobDefinition> jobs = new LinkedHashMap<>();
    private final Map<String, Integer> stages = new HashMap<>();

    /**
     * @param parsed what it names and doesn't have is a problem only if nothing will generate it
     */
    ReferenceCheck(Pipeline parsed, Problems problems, boolean strict) {
        this.pipeline = parsed.withGenerator();
        this.problems = problems;
        this.strict = strict;
        this.variants = new Variants(pipeline.jobs());
        pipeline.jobs().forEach(job -> jobs.put(job.key(), job));
        for (var stage : pipeline.stages()) {
            stages.put(stage, stages.size());
        }
    }

    void check() {
        var graph = new Graph(pipeline, stages);
        for (var job : pipeline.jobs()) {
            var report = report(job);
            checkStage(job, report);
            for (var need : job.needs()) {
                var other = target(job, need, report);
                if (other != null) {
                    graph.add(job, other, need);
                }
            }
        }
        var release = pipeline.terms().settings().get("release");
        if (release != null && !pipeline.isOpen()) {
            ReleaseCheck.check(release, jobs.keySet(), problems.top());
        }
        var cycle = graph.shortestCycle();
        if (cycle != null) {
            report(cycle);
        } else {
            new RedundantNeeds(pipeline, problems).check();
            if (pipeline.isOpen()) {
                return;
            }
            var earlier = new EarlierJobs(pipeline, variants);
            new ArtifactCheck(pipeline, variants, earlier, problems).check();
            new ResultCheck(pipeline, variants, earlier, problems).check();
        }
    }

    private Report report(JobDefinition job) {
        return problems.top().inJob(job.key());
    }

    private void checkStage(JobDefinition job, Report report) {
        var stage = job.stage();
        if (stage != null && !stages.containsKey(stage.value()) && !pipeline.isOpen()) {
            report.error(
                    ProblemCode.UNKNOWN_STAGE,
                    stage.mark(),
                    "there is no stage '%s'".formatted(Values.shown(stage.value())),
                    stages.isEmpty()
                            ? "list it under 'stages' at the top of the file"
                            : Spelling.suggestion(stage.value(), stages.keySet(), "the stages"));
        }
    }

    /** Returns the job that {@code need} names, or null after saying why it waits for none. */
    private @Nullable JobDefinition target(
            JobDefinition job, JobDefinition.Need need, Report report) {
        var found = variants.named(need.name());
        if (found.isEmpty() && pipeline.isOpen()) {
            return null;
        }
        if (found.isEmpty()) {
            var others = new HashSet<>(jobs.keySet());
            others.remove(job.key());
            report.error(
                    ProblemCode.UNKNOWN_JOB,
                    need.mark(),
                    "there is no job '%s'".formatted(Values.shown(need.name())),
                    Spelling.suggestion(need.name(), others, "jobs"));
            return null;
        }
        var other = found.getFirst().job();
        if (other.key().equals(job.key())) {
            report.complain(
                    strict,
                    ProblemCode.SELF_DEPENDENCY,
                    need.mark(),
                    strict
                            ? "job '%s' can't wait for itself".formatted(job.key())
                            : "job '%s' can't wait for itself, so this is ignored"
                                    .formatted(job.key()),
                    "remove '%s' from its depends_on".formatted(Values.shown(need.name())));
            return null;
        }
        var own = stage(job);
        var its = stage(other);
        if (own != null && its != null && its > own) {
            report.error(
                    ProblemCode.STAGE_ORDER,
                    need.mark(),
                    "job '%s' is in stage '%s' and can't wait for '%s' in the later stage '%s'"
                            .formatted(
                                    job.key(),
                                    pipeline.stages().get(own),
                                    other.key(),
                                    pipeline.stages().get(its)),
                    "remove the dependency, or move one of the two to another stage");
            return null;
        }
        return other;
    }

    private @Nullable Integer stage(JobDefinition job) {
        return job.stage() == null ? null : stages.get(job.stage().value());
    }

    private void report(List<Graph.Edge> cycle) {
        var path = new ArrayList<String>();
        cycle.forEach(edge -> path.add(edge.from()));
        path.add(cycle.getFirst().from());
        // In a file that is written from the first job to the last, this edge is the odd one.
        var cut =
                cycle.stream()
                        .filter(edge -> edge.need() != null && edge.pointsForward())
                        .findFirst()
                        .or(() -> cycle.stream().filter(edge -> edge.need() != null).findFirst());
        var job = cut.map(Graph.Edge::from).orElse(path.getFirst());
        var mark =
                cut.map(edge -> edge.need() == null ? null : edge.need().mark())
                        .orElseGet(() -> jobMark(path.getFirst()));
        problems.top()
                .inJob(job)
                .error(
                        ProblemCode.CYCLE,
                        mark,
                        "jobs wait for each other: " + shown(path),
                        cut.map(edge ->
                                        "remove '%s' from depends_on of '%s'"
                                                .formatted(edge.to(), edge.from()))
                                .orElse("move one of the jobs to another stage"));
    }

    private Mark jobMark(String key) {
        var job = jobs.get(key);
        return job == null ? Mark.START : job.mark();
    }

    private static String shown(List<String> path) {
        if (path.size() <= 12) {
            return String.join(" → ", path);
        }
        return "%s → … (%d more) … → %s"
                .formatted(
                        String.join(" → ", path.subList(0, 5)),
                        path.size() - 10,
                        String.join(" → ", path.subList(path.size() - 5, path.size())));
    }
}
