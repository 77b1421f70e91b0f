package io.headrace.scm.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A repository's objects as files. They are copied, never linked: whoever gets the copies may write
 * to them.
 */
final class Objects {

    /** How often packing may move objects away while they are copied. */
    private static final int TRIES = 5;

    private static final Pattern LOOSE_FOLDER = Pattern.compile("[0-9a-f]{2}");

    private final Path directory;

    Objects(Path directory) {
        this.directory = directory;
    }

    /**
     * Copies all objects into another repository's directory of objects. Git may fetch and pack
     * here meanwhile.
     */
    void copyTo(Path target) throws IOException {
        for (var left = TRIES - 1; ; left--) {
            try {
                copyOnce(target);
                return;
            } catch (NoSuchFileException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    /** Loose ones first: packing puts them into a pack before it removes them. */
    private void copyOnce(Path target) throws IOException {
        for (var folder : list(directory)) {
            if (LOOSE_FOLDER.matcher(folder.getFileName().toString()).matches()) {
                Files.createDirectories(target.resolve(folder.getFileName()));
                for (var object : list(folder)) {
                    if (!object.getFileName().toString().startsWith("tmp_")) {
                        copy(object, target);
                    }
                }
            }
        }
        Files.createDirectories(target.resolve("pack"));
        for (var index : list(directory.resolve("pack"))) {
            var name = index.getFileName().toString();
            if (name.endsWith(".idx")) {
                copy(index.resolveSibling(name.replaceFirst("idx$", "pack")), target);
                copy(index, target);
            }
        }
    }

    private void copy(Path file, Path target) throws IOException {
        var copy = target.resolve(directory.relativize(file));
        if (!Files.exists(copy)) {
            Files.copy(file, copy);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
