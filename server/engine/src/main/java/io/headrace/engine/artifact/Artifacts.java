package io.headrace.engine.artifact;

import io.headrace.api.ArtifactStore;
import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.engine.Refused;
import io.headrace.engine.Retention;
import io.headrace.engine.TimeId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import io.headrace.language.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Carries artifacts from workspaces to the store and back. Any number of threads may use it. */
public final class Artifacts {

    /** Files that one attempt may leave behind. */
    private static final int MAX_FILES = 100_000;

    /** How often files are read that somebody else deletes from the store at the same moment. */
    private static final int TRIES = 5;

    private final Supplier<ArtifactStore> store;
    private final ArtifactCatalog catalog;
    private final TimeId ids;
    private final Retention retention;
    private final InstantSource clock;
    private final HeldBlobs held = new HeldBlobs();

    /**
     * @param store asked for each time, since its plugin may be replaced; throws {@link
     *     io.headrace.engine.Refused} if there is none
     * @param retention of artifacts whose pipeline says nothing about it
     */
    public Artifacts(
            Supplier<ArtifactStore> store,
            ArtifactCatalog catalog,
            TimeId ids,
            Retention retention,
            InstantSource clock) {
        this.store = store;
        this.catalog = catalog;
        this.ids = ids;
        this.retention = retention;
        this.clock = clock;
    }

    /** Returns what deletes the bytes that are kept no longer. */
    public ArtifactDisposal disposal() {
        return new ArtifactDisposal(store, catalog, held, retention, clock);
    }

    /** Returns when {@code artifact} expires, or did; null if it is kept for ever. */
    public @Nullable Instant expiry(Artifact artifact) {
        return artifact.expiresAt() != null
                ? artifact.expiresAt()
                : retention.artifacts().isZero()
                        ? null
                        : artifact.createdAt().plus(retention.artifacts());
    }

    /**
     * Keeps what a job left behind. When this returns, all bytes and rows are durable; if it
     * throws, there are no rows.
     *
     * @param job what the files are said to come from
     * @param wanted those whose {@code when} does not fit the outcome are passed over
     * @param succeeded the job's outcome; files of a failed job are not consumable
     * @param mask replaces what must not be in a file's path
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
            UnaryOperator<String> mask,
            Consumer<String> warnings)
            throws ExecutionException, IOException, InterruptedException {
        var fitting = wanted.stream().filter(artifact -> fits(artifact, succeeded)).toList();
        for (var artifact : fitting) {
            checkPatterns(artifact);
        }
        var kept = new ArrayList<Artifact>();
        try (var holding = held.new Holding()) {
            for (var artifact : fitting) {
                var blobs = carry(artifact, place, MAX_FILES - kept.size(), holding, warnings);
                blobs.forEach((path, blob) ->
                        kept.add(row(job, artifact, mask.apply(path), blob, succeeded)));
            }
            if (!kept.isEmpty()) {
                catalog.add(kept);
            }
        }
        return kept;
    }

    /**
     * Puts files into a workspace, each verified on the way. Later ones replace earlier ones of the
     * same path.
     *
     * @param directory relative to the workspace; empty means the workspace itself
     * @throws IOException if a file is missing from the store, or is not what it was
     */
    public void restore(List<Artifact> artifacts, String directory, Execution place)
            throws ExecutionException, IOException, InterruptedException {
        if (artifacts.isEmpty()) {
            return;
        }
        var pipe = new Pipe();
        var writing = new Task<>(new Restoring(store.get(), artifacts, pipe.in()), pipe::fail);
        try {
            place.put(directory, pipe.out());
            pipe.out().transferTo(OutputStream.nullOutputStream());
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (IOException | ExecutionException e) {
            writing.throwFailure();
            throw e;
        } finally {
            pipe.out().close();
            writing.awaitEnd();
        }
        writing.result();
    }

    /**
     * Opens {@code length} bytes from {@code offset} on; see {@link ArtifactStore#open}. The caller
     * closes the stream.
     *
     * @throws Refused if it has expired
     */
    public InputStream open(Artifact artifact, long offset, long length) throws IOException {
        return store.get().open(available(artifact).sha256(), offset, length);
    }

    /**
     * Writes {@code artifacts} as a zip, with their paths as names; where paths are the same, the
     * job and the artifact go before. Passes over those that expired. Leaves {@code out} open.
     */
    public void writeZip(List<Artifact> artifacts, OutputStream out) throws IOException {
        var bytes = store.get();
        var names = new HashSet<String>();
        var zip = new ZipArchiveOutputStream(out);
        for (var artifact : artifacts) {
            if (artifact.expired()) {
                continue;
            }
            var name = artifact.path();
            if (!names.add(name)) {
                name = artifact.jobKey() + "/" + artifact.name() + "/" + artifact.path();
                names.add(name);
            }
            var entry = new ZipArchiveEntry(name);
            entry.setTime(artifact.createdAt().toEpochMilli());
            entry.setSize(artifact.size());
            entry.setUnixMode(UnixStat.FILE_FLAG | Restoring.mode(artifact));
            zip.putArchiveEntry(entry);
            try (var blob = bytes.open(artifact.sha256(), 0, artifact.size())) {
                blob.transferTo(zip);
            }
            zip.closeArchiveEntry();
        }
        zip.finish();
        out.flush();
    }

    /**
     * Returns {@code artifact}.
     *
     * @throws Refused if it has expired
     */
    public Artifact available(Artifact artifact) {
        if (artifact.expired()) {
            throw new Refused(
                    Refused.Why.GONE,
                    "'%s' of artifact '%s' has expired, and its content is deleted; run the job again to make it anew"
                            .formatted(artifact.path(), artifact.name()));
        }
        return artifact;
    }

    public Optional<Artifact> find(ArtifactId id) {
        return catalog.find(id);
    }

    /** Lists by job, name and path. */
    public List<Artifact> ofRun(RunId run) {
        return catalog.ofRun(run);
    }

    private Map<String, Collecting.Kept> carry(
            Plan.Artifact artifact,
            Execution place,
            int limit,
            HeldBlobs.Holding holding,
            Consumer<String> warnings)
            throws ExecutionException, IOException, InterruptedException {
        for (var tries = 1; ; tries++) {
            try {
                return carryOnce(artifact, place, limit, holding, warnings);
            } catch (Collecting.Vanished e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Map<String, Collecting.Kept> carryOnce(
            Plan.Artifact artifact,
            Execution place,
            int limit,
            HeldBlobs.Holding holding,
            Consumer<String> warnings)
            throws ExecutionException, IOException, InterruptedException {
        var pipe = new Pipe();
        var storing =
                new Task<>(
                        new Collecting(
                                store.get(), artifact.name(), pipe.out(), limit, held, holding),
                        _ -> pipe.abandon());
        try {
            var matches = place.get(artifact.paths(), pipe.in());
            pipe.in().close();
            var stored = storing.result();
            warn(artifact, matches, warnings);
            return stored;
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (IOException | ExecutionException e) {
            storing.throwFailure();
            throw e;
        } finally {
            pipe.fail(new IOException("the workspace could not be read to its end"));
            storing.awaitEnd();
        }
    }

    private static void warn(
            Plan.Artifact artifact, List<Integer> matches, Consumer<String> warnings) {
        for (var i = 0; i < matches.size(); i++) {
            if (matches.get(i) == 0) {
                warnings.accept(
                        "Artifact '%s': nothing matches '%s'. Paths are relative to the workspace."
                                .formatted(artifact.name(), artifact.paths().get(i)));
            }
        }
    }

    private static InterruptedException interrupted(InterruptedIOException cause) {
        Thread.interrupted();
        var interrupted = new InterruptedException("interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static boolean fits(Plan.Artifact artifact, boolean succeeded) {
        return switch (artifact.when()) {
            case ALWAYS -> true;
            case ON_SUCCESS -> succeeded;
            case ON_FAILURE -> !succeeded;
        };
    }

    private static void checkPatterns(Plan.Artifact artifact) throws ExecutionException {
        for (var pattern : artifact.paths()) {
            if (!WorkspacePaths.isPattern(pattern)) {
                throw new ExecutionException(
                        ExecutionException.Kind.INVALID,
                        "artifact '%s': the path '%s' leaves the workspace; use one relative to it, without '..'"
                                .formatted(artifact.name(), pattern));
            }
        }
    }

    private Artifact row(
            Source job,
            Plan.Artifact artifact,
            String path,
            Collecting.Kept file,
            boolean succeeded) {
        var now = clock.instant();
        var days = artifact.retentionDays();
        return new Artifact(
                new ArtifactId(ids.next()),
                job.run(),
                job.job(),
                job.attempt(),
                job.jobKey(),
                artifact.name(),
                path,
                file.blob().sha256(),
                file.blob().size(),
                MediaTypes.of(path),
                file.executable(),
                succeeded,
                now,
                days == null ? null : now.plus(Duration.ofDays(days)),
                false);
    }

    /**
     * Which attempt files come from.
     *
     * @param jobKey the job's id in the plan
     */
    public record Source(RunId run, JobId job, AttemptId attempt, String jobKey) {}
}
