package io.headrace.engine.artifact;

import io.headrace.api.ArtifactStore;
import io.headrace.engine.artifact.HeldBlobs.Holding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Puts the files of a tar stream into a store, one after the other, none of them in memory. */
record Collecting(
        ArtifactStore store,
        String name,
        InputStream tar,
        int limit,
        HeldBlobs held,
        Holding holding)
        implements Callable<Map<String, Collecting.Kept>> {

    /** What the store has of a file, and what it has not: whether its owner may run it. */
    record Kept(ArtifactStore.Blob blob, boolean executable) {}

    private static final int EXECUTABLE = 0100;

    /** Returns the stored blobs by path, in the order of the stream. */
    @Override
    public Map<String, Kept> call() throws IOException, InterruptedException {
        var blobs = new LinkedHashMap<String, Kept>();
        // Not closed here: the caller does that, and must know of it only if this fails.
        var entries = new TarArchiveInputStream(tar, "UTF-8");
        for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            if (entry.isFile()) {
                var path = checkedPath(entry);
                if (blobs.size() == limit) {
                    throw new IOException(
                            "artifact '%s' has more than %,d files; pack them into one archive"
                                    .formatted(name, limit));
                }
                var executable = (entry.getMode() & EXECUTABLE) != 0;
                blobs.put(path, new Kept(kept(entries), executable));
            }
        }
        tar.transferTo(OutputStream.nullOutputStream());
        return blobs;
    }

    private ArtifactStore.Blob kept(InputStream bytes) throws IOException, InterruptedException {
        var deletions = held.deletions();
        var blob = store.put(bytes);
        if (!holding.keeps(store, blob.sha256(), deletions)) {
            throw new Vanished(name);
        }
        return blob;
    }

    /** Somebody deleted the same content while it was stored: what was read is to be read again. */
    static final class Vanished extends IOException {

        private static final long serialVersionUID = 1L;

        Vanished(String name) {
            super(
                    "artifact '%s' was deleted while it was stored; run the job again"
                            .formatted(name));
        }
    }

    private String checkedPath(TarArchiveEntry entry) throws IOException {
        var path = WorkspacePaths.clean(entry.getName());
        if (!WorkspacePaths.isFile(path)) {
            throw new IOException(
                    "artifact '%s' has a file whose name can't be kept: %s; rename it"
                            .formatted(name, printable(entry.getName())));
        }
        return path;
    }

    private static String printable(String name) {
        var start = name.substring(0, Math.min(100, name.length()));
        return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
