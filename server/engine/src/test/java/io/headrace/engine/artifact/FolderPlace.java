package io.headrace.engine.artifact;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.CommandResult;
import io.headrace.api.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** A workspace whose files can be fetched and brought. */
final class FolderPlace implements Execution {

    private final Path workspace;

    /** Given as the name of each file, if not null. */
    @Nullable String lie;

    FolderPlace(Path workspace) {
        this.workspace = workspace;
    }

    @Override
    public String workspace() {
        return workspace.toString();
    }

    @Override
    public boolean sharesWorkspace() {
        return true;
    }

    @Override
    public void put(String directory, InputStream tar) throws IOException {
        var entries = new TarArchiveInputStream(tar, "UTF-8");
        for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            var file = workspace.resolve(directory).resolve(entry.getName());
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.copy(entries, file);
            if (!file.toFile().setExecutable((entry.getMode() & 0100) != 0)) {
                throw new IOException(file + " can't be given its mode");
            }
        }
    }

    @Override
    public CommandResult run(Command command, CommandOutput output) {
        return CommandResult.exited(0);
    }

    @Override
    public List<Integer> get(List<String> globs, OutputStream out) throws IOException {
        var counts = new ArrayList<Integer>();
        var matching = new LinkedHashSet<Path>();
        for (var glob : globs) {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            try (var all = Files.walk(workspace)) {
                var files =
                        all.filter(Files::isRegularFile)
                                .map(workspace::relativize)
                                .filter(matcher::matches)
                                .sorted()
                                .toList();
                counts.add(files.size());
                matching.addAll(files);
            }
        }
        var tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (var file : matching) {
            var entry = new TarArchiveEntry(lie == null ? file.toString() : lie, true);
            entry.setSize(Files.size(workspace.resolve(file)));
            entry.setMode(Files.isExecutable(workspace.resolve(file)) ? 0755 : 0644);
            tar.putArchiveEntry(entry);
            Files.copy(workspace.resolve(file), tar);
            tar.closeArchiveEntry();
        }
        tar.finish();
        return counts;
    }

    @Override
    public void stop() {
        // Nothing runs here.
    }

    @Override
    public void close() {
        // Nothing is held here.
    }
}
