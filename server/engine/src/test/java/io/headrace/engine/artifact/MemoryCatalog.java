package io.headrace.engine.artifact;

import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Rows in memory. */
final class MemoryCatalog implements ArtifactCatalog {

    final List<Artifact> rows = new CopyOnWriteArrayList<>();

    /** Run before rows are added. */
    Runnable beforeAdd = () -> {};

    @Override
    public void add(Collection<Artifact> artifacts) {
        beforeAdd.run();
        rows.addAll(artifacts);
    }

    @Override
    public Optional<Artifact> find(ArtifactId id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    @Override
    public List<Artifact> ofRun(RunId run) {
        return rows.stream().filter(row -> row.run().equals(run)).toList();
    }

    @Override
    public List<Artifact> ofJob(JobId job) {
        return rows.stream().filter(row -> row.job().equals(job)).toList();
    }

    @Override
    public List<String> expire(Instant now, @Nullable Instant madeBefore, int limit) {
        var due = rows.stream().filter(row -> isDue(row, now, madeBefore)).limit(limit).toList();
        rows.replaceAll(row -> due.contains(row) ? expired(row) : row);
        return due.stream().map(Artifact::sha256).toList();
    }

    private static boolean isDue(Artifact row, Instant now, @Nullable Instant madeBefore) {
        if (row.expired()) {
            return false;
        }
        return row.expiresAt() != null
                ? !row.expiresAt().isAfter(now)
                : madeBefore != null && row.createdAt().isBefore(madeBefore);
    }

    private static Artifact expired(Artifact row) {
        return new Artifact(
                row.id(),
                row.run(),
                row.job(),
                row.attempt(),
                row.jobKey(),
                row.name(),
                row.path(),
                row.sha256(),
                row.size(),
                row.contentType(),
                row.executable(),
                row.consumable(),
                row.createdAt(),
                row.expiresAt(),
                true);
    }

    @Override
    public boolean refersTo(String sha256) {
        return rows.stream().anyMatch(row -> !row.expired() && row.sha256().equals(sha256));
    }
}
