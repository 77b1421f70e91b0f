package io.headrace.executor.docker;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Chooses the files of a workspace that match patterns, counts them and writes them to a tar. */
final class Packing {

    private final List<Glob> globs;
    private final int[] counts;

    private Packing(List<Glob> globs) {
        this.globs = globs;
        this.counts = new int[globs.size()];
    }

    /**
     * @throws ExecutionException if a pattern could match outside of the workspace
     */
    static Packing of(List<String> patterns) throws ExecutionException {
        var globs = new ArrayList<Glob>();
        for (var pattern : patterns) {
            globs.add(Glob.of(pattern));
        }
        return new Packing(globs);
    }

    static TarArchiveOutputStream tar(OutputStream out) {
        var tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        return tar;
    }

    /** Returns whether a pattern matches {@code path}, and counts it for each that does. */
    boolean wants(String path) {
        var matching =
                IntStream.range(0, counts.length).filter(i -> globs.get(i).matches(path)).toArray();
        Arrays.stream(matching).forEach(i -> counts[i]++);
        return matching.length > 0;
    }

    List<Glob> globs() {
        return globs;
    }

    /** Returns how many files each pattern matched so far. */
    List<Integer> counts() {
        return Arrays.stream(counts).boxed().toList();
    }

    /** Packs from a directory of this machine. */
    List<Integer> pack(Path root, OutputStream out) throws IOException {
        var tar = tar(out);
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes a) {
                        return path.equals(root) || isPromising(root.relativize(path))
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                            throws IOException {
                        var file = attributes.isSymbolicLink() ? inside(root, path) : path;
                        if (file != null
                                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                                && wants(root.relativize(path).toString())) {
                            write(tar, root.relativize(path).toString(), file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        tar.finish();
        return counts();
    }

    /** Returns whether a pattern may match below a directory. */
    private boolean isPromising(Path directory) {
        var top = directory.getName(0).toString();
        return globs.stream().anyMatch(glob -> glob.top().isEmpty() || glob.top().equals(top));
    }

    /** Returns what a link leads to, or null if that is outside of the workspace, or nothing. */
    private static @Nullable Path inside(Path root, Path link) throws IOException {
        var target = Files.readSymbolicLink(link);
        var here =
                target.startsWith(Hardening.WORKSPACE)
                        ? root.resolve(Path.of(Hardening.WORKSPACE).relativize(target))
                        : link.resolveSibling(target);
        if (!Files.exists(here)) {
            return null;
        }
        var real = here.toRealPath();
        return real.startsWith(root) ? real : null;
    }

    private static void write(TarArchiveOutputStream tar, String name, Path file)
            throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var entry = new TarArchiveEntry(name);
            entry.setSize(Files.size(file));
            entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
            entry.setLastModifiedTime(Files.getLastModifiedTime(file));
            write(tar, name, entry, in);
        }
    }

    /** Writes a file with the size, time and permissions of {@code like}. */
    static void write(TarArchiveOutputStream tar, String name, TarArchiveEntry like, InputStream in)
            throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(like.getSize());
        entry.setMode(like.getMode() & 0777);
        // Whole seconds: fractions would need an extended header for each file.
        entry.setLastModifiedTime(FileTime.from(like.getLastModifiedTime().to(SECONDS), SECONDS));
        tar.putArchiveEntry(entry);
        copy(in, like.getSize(), tar, name);
        tar.closeArchiveEntry();
    }

    /** The size is in the header already, so no more and no less may follow. */
    private static void copy(InputStream in, long size, OutputStream out, String name)
            throws IOException {
        var buffer = new byte[64 * 1024];
        var left = size;
        while (left > 0) {
            var n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new IOException("'" + name + "' became shorter while it was read");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }
}
