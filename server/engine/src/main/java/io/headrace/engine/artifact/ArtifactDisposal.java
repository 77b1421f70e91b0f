package io.headrace.engine.artifact;

import io.headrace.api.ArtifactStore;
import io.headrace.engine.Retention;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Deletes the bytes of artifacts that are kept no longer. A blob goes when no artifact has its hash
 * any more and no job is just keeping the same content. Any number of threads may use it, of one
 * server: two that share a store know nothing of each other's jobs.
 */
public final class ArtifactDisposal {

    private static final int PORTION = 200;

    private final Supplier<ArtifactStore> store;
    private final ArtifactCatalog catalog;
    private final HeldBlobs held;
    private final Retention retention;
    private final InstantSource clock;

    ArtifactDisposal(
            Supplier<ArtifactStore> store,
            ArtifactCatalog catalog,
            HeldBlobs held,
            Retention retention,
            InstantSource clock) {
        this.store = store;
        this.catalog = catalog;
        this.held = held;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Expires the artifacts whose time is over, in portions, and deletes their bytes. Returns how
     * many artifacts that were.
     *
     * @throws IOException if bytes could not be deleted; a later {@link #sweep} does that
     */
    public int expire() throws IOException {
        var expired = 0;
        while (!Thread.currentThread().isInterrupted()) {
            var now = clock.instant();
            var blobs = catalog.expire(now, retention.artifactsBefore(now), PORTION);
            discard(blobs);
            expired += blobs.size();
            if (blobs.size() < PORTION) {
                break;
            }
        }
        return expired;
    }

    /** Deletes those of {@code blobs} that nobody needs. Returns how many it deleted. */
    public int discard(Collection<String> blobs) throws IOException {
        var deleted = 0;
        for (var sha256 : blobs) {
            if (held.beginDeletion(sha256)) {
                try {
                    if (!catalog.refersTo(sha256) && store.get().delete(sha256)) {
                        deleted++;
                    }
                } finally {
                    held.endDeletion(sha256);
                }
            }
        }
        return deleted;
    }

    /**
     * Looks through the whole store for bytes that nothing refers to, which a crash leaves, or a
     * job whose artifacts were too many. Returns how many blobs it deleted.
     */
    public int sweep() throws IOException {
        try (var blobs = store.get().list()) {
            var deleted = 0;
            for (var each = blobs.iterator(); each.hasNext(); ) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                var sha256 = each.next().sha256();
                if (!catalog.refersTo(sha256)) {
                    deleted += discard(List.of(sha256));
                }
            }
            return deleted;
        }
    }
}
