package io.headrace.executor.docker;

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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workspace that is a directory of this machine, mounted into the container.
 *
 * <p>A server that is root gives the files to the commands' user, and can remove whatever that user
 * makes. Any other server runs commands as itself, so that the files are its own.
 */
final class MountedFiles implements WorkspaceFiles {

    private static final Logger log = LoggerFactory.getLogger(MountedFiles.class);

    private static final Set<PosixFilePermission> OWNER_ALL =
            PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final StepUser user;
    private final StepUser server = StepUser.server();

    MountedFiles(Path workspace, StepUser user) throws IOException {
        this.root = workspace.toRealPath();
        this.user = user;
    }

    Path root() {
        return root;
    }

    @Override
    public String path() {
        return Hardening.WORKSPACE;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void handOver() throws IOException {
        if (server.equals(user) || !server.isRoot()) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes a)
                            throws IOException {
                        give(path);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes a)
                            throws IOException {
                        give(path);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void give(Path path) throws IOException {
        var uid = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (uid != user.uid()) {
            Files.setAttribute(path, "unix:uid", (int) user.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", (int) user.gid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    @Override
    public void put(String directory, InputStream tar) throws IOException, ExecutionException {
        new Unpacking(root).unpack(TarNames.parts(directory), tar);
    }

    @Override
    public List<Integer> get(List<String> globs, OutputStream tar)
            throws IOException, ExecutionException {
        return Packing.of(globs).pack(root, tar);
    }

    /** Directories without write permission, such as Go's module cache, keep their files. */
    @Override
    public void handBack() {
        if (server.isRoot()) {
            return;
        }
        try {
            open(root);
        } catch (IOException e) {
            log.warn("Some of {} may be left behind", root, e);
        }
    }

    private static void open(Path top) throws IOException {
        Files.walkFileTree(
                top,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes a)
                            throws IOException {
                        if (!Files.isWritable(path)) {
                            Files.setPosixFilePermissions(path, OWNER_ALL);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException e)
                            throws IOException {
                        var unreadable = Files.isDirectory(path) && !Files.isReadable(path);
                        if (unreadable) {
                            Files.setPosixFilePermissions(path, OWNER_ALL);
                            open(path);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
