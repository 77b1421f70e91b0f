package io.headrace.cli;

import io.headrace.language.Includes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that a pipeline file on this machine names: those of its repository, and no others. */
final class LocalFiles implements Includes {

    private static final long LARGEST = 1 << 20;

    private final Path root;

    private LocalFiles(Path root) {
        this.root = root;
    }

    /** Returns the files around {@code file}: of its git repository, else of its directory. */
    static LocalFiles around(Path file) {
        var directory = file.toAbsolutePath().normalize().getParent();
        for (var each = directory; each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(".git"))) {
                return new LocalFiles(each);
            }
        }
        return new LocalFiles(directory == null ? Path.of("").toAbsolutePath() : directory);
    }

    @Override
    public Included read(@Nullable String repository, String path) {
        if (repository != null) {
            return Included.refused("only a server reads other repositories");
        }
        try {
            var file = root.resolve(path).normalize();
            if (!Files.isRegularFile(file)) {
                return Included.refused("there is no such file in " + root);
            }
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                return Included.refused("it leads out of the repository");
            }
            return Files.size(file) > LARGEST
                    ? Included.refused("it is larger than 1 MiB")
                    : Included.of(Files.readString(file));
        } catch (CharacterCodingException e) {
            return Included.refused("it is not UTF-8");
        } catch (InvalidPathException | IOException e) {
            return Included.refused(String.valueOf(e.getMessage()));
        }
    }
}
