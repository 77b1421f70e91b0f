package io.headrace.engine.artifact;

import io.headrace.api.ArtifactStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes artifacts as a tar stream; each is verified by its store while it is read. */
record Restoring(ArtifactStore store, List<Artifact> artifacts, OutputStream out)
        implements Callable<@Nullable Void> {

    @Override
    public @Nullable Void call() throws IOException {
        var tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (var artifact : artifacts) {
            var entry = new TarArchiveEntry(artifact.path());
            entry.setSize(artifact.size());
            entry.setMode(mode(artifact));
            entry.setModTime(artifact.createdAt().toEpochMilli());
            tar.putArchiveEntry(entry);
            copy(artifact, tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
        tar.flush();
        out.close();
        return null;
    }

    /** Returns the permissions of a file, for a tar or a zip. */
    static int mode(Artifact artifact) {
        return artifact.executable() ? 0755 : 0644;
    }

    private void copy(Artifact artifact, OutputStream tar) throws IOException {
        try (var blob = store.open(artifact.sha256(), 0, artifact.size())) {
            blob.transferTo(tar);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "%s of artifact '%s' (job %s) is missing from the store; run that job again"
                            .formatted(artifact.path(), artifact.name(), artifact.jobKey()),
                    e);
        }
    }
}
