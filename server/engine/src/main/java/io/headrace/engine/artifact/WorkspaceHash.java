package io.headrace.engine.artifact;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A digest over files of a workspace: that of the lines {@code digest path}, by path, which {@code
 * sha256sum} prints of the files.
 */
public final class WorkspaceHash {

    /** Files that are looked at, at most. */
    static final int MAX_FILES = 10_000;

    /** Bytes that are read, at most: 1 GiB. */
    static final long MAX_BYTES = 1L << 30;

    private WorkspaceHash() {}

    /**
     * Returns the digest of the files that match.
     *
     * @param globs relative to the workspace; links that leave it are passed over
     * @return 64 hexadecimal digits; empty if nothing matches
     * @throws ExecutionException if a glob leaves the workspace, or the place is gone
     * @throws IOException if that are too many files, or too large ones
     */
    public static String of(List<String> globs, Execution place)
            throws ExecutionException, IOException, InterruptedException {
        return of(globs, place, MAX_FILES, MAX_BYTES);
    }

    static String of(List<String> globs, Execution place, int files, long bytes)
            throws ExecutionException, IOException, InterruptedException {
        var pipe = new Pipe();
        var reading = new Task<>(new Reading(pipe.out(), files, bytes), _ -> pipe.abandon());
        try {
            var _ = place.get(globs, pipe.in());
            pipe.in().close();
            return reading.result();
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            var interrupted = new InterruptedException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException | ExecutionException e) {
            reading.throwFailure();
            throw e;
        } finally {
            pipe.fail(new IOException("the workspace could not be read to its end"));
            reading.awaitEnd();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Reading(InputStream tar, int files, long bytes) implements Callable<String> {

        @Override
        public String call() throws IOException {
            var digests = new TreeMap<String, String>();
            long left = bytes;
            // Not closed here: the caller does that.
            var entries = new TarArchiveInputStream(tar, "UTF-8");
            for (var entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                if (!entry.isFile()) {
                    continue;
                }
                left -= entry.getSize();
                if (digests.size() == files || left < 0) {
                    throw new IOException(
                            "hashFiles() reads at most %,d files and %,d bytes; write narrower globs"
                                    .formatted(files, bytes));
                }
                var digest = sha256();
                new DigestInputStream(entries, digest).transferTo(OutputStream.nullOutputStream());
                digests.put(
                        WorkspacePaths.clean(entry.getName()),
                        HexFormat.of().formatHex(digest.digest()));
            }
            tar.transferTo(OutputStream.nullOutputStream());
            if (digests.isEmpty()) {
                return "";
            }
            var lines = new StringBuilder();
            digests.forEach((path, digest) -> lines.append(digest + "  " + path + "\n"));
            return HexFormat.of()
                    .formatHex(sha256().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
