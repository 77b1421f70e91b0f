package io.headrace.engine.artifact;

import io.headrace.api.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Puts the files of a tar stream into a store, one after the other, none of them in memory. */
record Collecting(ArtifactStore store, String name, InputStream tar, int limit)
        implements Callable<Map<String, ArtifactStore.Blob>> {

    /** Returns the stored blobs by path, in the order of the stream. */
    @Override
    public Map<String, ArtifactStore.Blob> call() throws IOException {
        var blobs = new LinkedHashMap<String, ArtifactStore.Blob>();
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
                blobs.put(path, store.put(entries));
            }
        }
        tar.transferTo(OutputStream.nullOutputStream());
        return blobs;
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
