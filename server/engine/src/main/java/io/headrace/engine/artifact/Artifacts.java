package io.headrace.engine.artifact;

import io.headrace.api.ArtifactStore;
import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.engine.TimeId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import io.headrace.language.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries artifacts from workspaces to the store and back. Any number of threads may use it. */
public final class Artifacts {

    private final Supplier<ArtifactStore> store;
    private final ArtifactCatalog catalog;

    /**
     * @param store asked for each time, since its plugin may be replaced; throws {@link
     *     io.headrace.engine.Refused} if there is none
     */
    public Artifacts(
            Supplier<ArtifactStore> store,
            ArtifactCatalog catalog,
            TimeId ids,
            InstantSource clock) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * Keeps what a job left behind. When this returns, all bytes and rows are durable; if it
     * throws, there are no rows.
     *
     * @param job what the files are said to come from
     * @param wanted those whose {@code when} does not fit the outcome are passed over
     * @param succeeded the job's outcome; files of a failed job are not consumable
     * @param warnings takes a line for people about each pattern that matched nothing
     * @return what was kept, empty if nothing was wanted or matched
     * @throws ExecutionException if a pattern leaves the workspace, or the place is gone
     * @throws IOException if the bytes can't be kept, for instance because the store is full
     */
    public List<Artifact> collect(
            Source job,
            List<Plan.Artifact> wanted,
            boolean succeeded,
            Execution place,
            Consumer<String> warnings)
            throws ExecutionException, IOException, InterruptedException {
        if (!wanted.isEmpty()) {
            throw new UnsupportedOperationException("Collecting " + wanted);
        }
        return List.of();
    }

    /**
     * Puts files into a workspace, each verified on the way.
     *
     * @param directory relative to the workspace; empty means the workspace itself
     * @throws IOException if a file is missing from the store, or is not what it was
     */
    public void restore(List<Artifact> artifacts, String directory, Execution place)
            throws ExecutionException, IOException, InterruptedException {
        if (!artifacts.isEmpty()) {
            throw new UnsupportedOperationException();
        }
    }

    /**
     * Opens {@code length} bytes from {@code offset} on; see {@link ArtifactStore#open}. The caller
     * closes the stream.
     */
    public InputStream open(Artifact artifact, long offset, long length) throws IOException {
        return store.get().open(artifact.sha256(), offset, length);
    }

    /** Writes {@code artifacts} as a zip, with their paths as names. Leaves {@code out} open. */
    public void writeZip(List<Artifact> artifacts, OutputStream out) throws IOException {
        if (!artifacts.isEmpty()) {
            throw new UnsupportedOperationException();
        }
    }

    public Optional<Artifact> find(ArtifactId id) {
        return catalog.find(id);
    }

    /** Lists by job, name and path. */
    public List<Artifact> ofRun(RunId run) {
        return catalog.ofRun(run);
    }

    /**
     * Which attempt files come from.
     *
     * @param jobKey the job's id in the plan
     */
    public record Source(RunId run, JobId job, AttemptId attempt, String jobKey) {}
}
