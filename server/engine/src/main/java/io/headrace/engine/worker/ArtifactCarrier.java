package io.headrace.engine.worker;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.engine.log.LogLine;
import io.headrace.engine.log.LogWriter;
import io.headrace.engine.run.Claim;
import io.headrace.language.Plan;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings the artifacts that a job needs into its workspace, before its first step. */
final class ArtifactCarrier {

    private final Artifacts artifacts;

    ArtifactCarrier(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * Puts what {@code job} needs into {@code execution}.
     *
     * @throws ExecutionException if something is missing: the job can't do its work without it
     */
    void bring(Claim claim, Plan plan, Plan.Job job, Execution execution, LogWriter log)
            throws IOException, InterruptedException, ExecutionException {
        if (job.artifactNeeds().isEmpty()) {
            return;
        }
        var available = artifacts.ofRun(claim.run()).stream().filter(Artifact::consumable).toList();
        for (var need : job.artifactNeeds()) {
            var from = need.jobs().isEmpty() ? allNeeds(plan, job) : Set.copyOf(need.jobs());
            var matching = matching(available, need, from);
            if (matching.isEmpty()) {
                throw new ExecutionException(
                        ExecutionException.Kind.INVALID,
                        "no artifact '%s' of %s is there; does an earlier job keep it under 'artifacts'?"
                                .formatted(need.pattern(), String.join(", ", from)));
            }
            if (matching.stream().anyMatch(Artifact::expired)) {
                throw new ExecutionException(
                        ExecutionException.Kind.INVALID,
                        "artifact '%s' of %s has expired; run all jobs again, not only those that failed"
                                .formatted(need.pattern(), String.join(", ", from)));
            }
            artifacts.restore(matching, need.directory(), execution);
            log.line(
                    LogLine.JOB,
                    "Brought %d file%s of artifact '%s'"
                            .formatted(
                                    matching.size(),
                                    matching.size() == 1 ? "" : "s",
                                    need.pattern()));
        }
    }

    private static List<Artifact> matching(
            List<Artifact> available, Plan.ArtifactNeed need, Set<String> from) {
        var glob = FileSystems.getDefault().getPathMatcher("glob:" + need.pattern());
        return available.stream()
                .filter(artifact -> from.contains(artifact.jobKey()))
                .filter(artifact -> glob.matches(Path.of(artifact.name())))
                .toList();
    }

    static Set<String> allNeeds(Plan plan, Plan.Job job) {
        var all = new HashSet<String>();
        var open = new ArrayDeque<>(job.needs());
        while (!open.isEmpty()) {
            var key = open.remove();
            if (all.add(key)) {
                plan.job(key).ifPresent(need -> open.addAll(need.needs()));
            }
        }
        return all;
    }
}
