package io.headrace.engine.artifact;

import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rows in memory. */
final class MemoryCatalog implements ArtifactCatalog {

    final List<Artifact> rows = new CopyOnWriteArrayList<>();

    @Override
    public void add(Collection<Artifact> artifacts) {
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
    public boolean refersTo(String sha256) {
        return rows.stream().anyMatch(row -> row.sha256().equals(sha256));
    }
}
