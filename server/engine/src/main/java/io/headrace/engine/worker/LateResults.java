package io.headrace.engine.worker;

import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import io.headrace.language.JobResults;
import io.headrace.language.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs that a job waited for left. Reads the database once it is asked; they are over, so
 * that nothing of it changes any more. For one thread.
 */
final class LateResults implements JobResults {

    /** From the worst to the best. */
    private static final List<Status> WORST_FIRST =
            List.of(
                    Status.ERRORED,
                    Status.FAILED,
                    Status.CANCELLED,
                    Status.SUCCEEDED,
                    Status.SKIPPED);

    private final RunStore runs;
    private final Artifacts artifacts;
    private final RunId run;
    private final Plan plan;
    private final Plan.Job job;
    private @Nullable List<RunDetail.Job> before;
    private @Nullable List<Artifact> left;

    LateResults(RunStore runs, Artifacts artifacts, RunId run, Plan plan, Plan.Job job) {
        this.runs = runs;
        this.artifacts = artifacts;
        this.run = run;
        this.plan = plan;
        this.job = job;
    }

    @Override
    public String status(String name) {
        var states = named(name).stream().map(RunDetail.Job::status).collect(Collectors.toSet());
        return WORST_FIRST.stream()
                .filter(states::contains)
                .findFirst()
                .map(status -> status.name().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    @Override
    public int artifacts(String name) {
        return (int)
                left(name).stream()
                        .map(artifact -> List.of(artifact.jobKey(), artifact.name()))
                        .distinct()
                        .count();
    }

    @Override
    public String artifact(String name, String artifact) {
        var files = left(name).stream().filter(file -> file.name().equals(artifact)).toList();
        return switch (files.size()) {
            case 0 -> "";
            case 1 -> "sha256:" + files.getFirst().sha256();
            default -> "sha256:" + digest(files);
        };
    }

    /** The digest of several files is that of what {@code sha256sum} prints of them, sorted. */
    private static String digest(List<Artifact> files) {
        var lines =
                files.stream()
                        .map(file -> file.sha256() + "  " + file.path() + "\n")
                        .sorted()
                        .collect(Collectors.joining());
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(lines.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private List<Artifact> left(String name) {
        if (left == null) {
            left = artifacts.ofRun(run).stream().filter(Artifact::consumable).toList();
        }
        var keys = named(name).stream().map(RunDetail.Job::key).collect(Collectors.toSet());
        return left.stream().filter(artifact -> keys.contains(artifact.jobKey())).toList();
    }

    /** Returns the jobs of a name that are over for sure, since this one waited for them. */
    private List<RunDetail.Job> named(String name) {
        if (before == null) {
            Set<String> awaited = ArtifactCarrier.allNeeds(plan, job);
            before =
                    runs.detail(run).map(RunDetail::jobs).orElse(List.of()).stream()
                            .filter(each -> awaited.contains(each.key()))
                            .toList();
        }
        var variants = before.stream().filter(each -> each.baseName().equals(name)).toList();
        return !variants.isEmpty()
                ? variants
                : before.stream()
                        .filter(each -> each.key().equals(name) || each.name().equals(name))
                        .toList();
    }
}
