package io.headrace.engine.artifact;

import io.headrace.api.ArtifactStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps apart those who add blobs and those who delete them. Between the storing of bytes and the
 * writing of the row that refers to them, nothing in the database says that they are needed: until
 * then they are held here.
 *
 * <p>A blob that is deleted in the moment before it is held, because the same content was there
 * already and had just lost its last row, has to be stored once more.
 */
final class HeldBlobs {

    private final Map<String, Integer> held = new HashMap<>();
    private final Set<String> going = new HashSet<>();
    private long deletions;

    /** Counts deletions; for {@link Holding#keeps}. */
    synchronized long deletions() {
        return deletions;
    }

    /** Says that {@code sha256} will be deleted, unless somebody holds it: then returns false. */
    synchronized boolean beginDeletion(String sha256) {
        return !held.containsKey(sha256) && going.add(sha256);
    }

    synchronized void endDeletion(String sha256) {
        going.remove(sha256);
        deletions++;
        notifyAll();
    }

    /** Returns whether anything was deleted since there were {@code before} deletions. */
    private synchronized boolean hold(String sha256, long before) throws InterruptedException {
        while (going.contains(sha256)) {
            wait();
        }
        held.merge(sha256, 1, Integer::sum);
        return deletions != before;
    }

    private synchronized void release(List<String> blobs) {
        for (var sha256 : blobs) {
            held.computeIfPresent(sha256, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** What one job holds, until it is closed. Used by one thread at a time. */
    final class Holding implements AutoCloseable {

        private final List<String> blobs = new ArrayList<>();

        /**
         * Holds a blob that was just stored; returns whether it is still there.
         *
         * @param before {@link #deletions} before it was stored
         */
        boolean keeps(ArtifactStore store, String sha256, long before)
                throws IOException, InterruptedException {
            var doubtful = hold(sha256, before);
            blobs.add(sha256);
            return !doubtful || store.exists(sha256);
        }

        @Override
        public void close() {
            release(blobs);
            blobs.clear();
        }
    }
}
