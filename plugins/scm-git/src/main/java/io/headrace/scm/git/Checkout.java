package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Puts a commit's files into a directory, with a {@code .git} that borrows its objects from the
 * mirror: what {@code git clone --shared} makes, with a single process. Where the mirror can't be
 * seen, the objects are copied, which is still faster than to fetch them.
 */
final class Checkout {

    private final Git git;
    private final Mirror mirror;
    private final GitUrl url;
    private final Kept kept;

    /** What is left of the repository beside the files. */
    enum Kept {
        NOTHING,
        /** A repository that works where the mirror can be seen. */
        BORROWING,
        /** A repository that works anywhere. */
        WHOLE
    }

    Checkout(Git git, Mirror mirror, GitUrl url, Kept kept) {
        this.git = git;
        this.mirror = mirror;
        this.url = url;
        this.kept = kept;
    }

    /** Returns what went wrong, in git's words, or nothing. The directory is empty before. */
    Optional<String> into(Path directory, String commit) throws ScmException, InterruptedException {
        if (!mirror.exists()) {
            return Optional.of("nothing was fetched yet");
        }
        try {
            var repository = directory.resolve(".git");
            makeRepository(repository, commit);
            var output =
                    git.run(
                            directory,
                            "read-tree",
                            "--reset",
                            "-u",
                            "--no-recurse-submodules",
                            "--end-of-options",
                            commit);
            if (!output.succeeded()) {
                Trees.empty(directory);
                return Optional.of(output.stderr().strip());
            }
            if (kept == Kept.NOTHING) {
                Trees.delete(repository);
            }
            return Optional.empty();
        } catch (IOException e) {
            var failure = failed(directory, e.toString());
            failure.initCause(e);
            throw failure;
        }
    }

    private void makeRepository(Path repository, String commit) throws IOException {
        var objects = mirror.directory().resolve("objects");
        Files.createDirectories(repository.resolve("objects/info"));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("HEAD"), commit + "\n");
        if (kept == Kept.WHOLE) {
            new Objects(objects).copyTo(repository.resolve("objects"));
        } else {
            Files.writeString(repository.resolve("objects/info/alternates"), objects + "\n");
        }
        Files.writeString(repository.resolve("config"), configuration(commit));
        copyRefs(repository.resolve("packed-refs"));
    }

    private String configuration(String commit) {
        var sha256 = commit.length() == 64;
        return """
        [core]
        	repositoryformatversion = %s
        	filemode = true
        	bare = false
        %s[gc]
        	auto = 0
        [remote "origin"]
        	url = "%s"
        	fetch = +refs/heads/*:refs/remotes/origin/*
        """
                .formatted(
                        sha256 ? 1 : 0,
                        sha256 ? "[extensions]\n\tobjectformat = sha256\n" : "",
                        url.text().replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** Shows the mirror's branches as those of {@code origin}; the order stays sorted. */
    private void copyRefs(Path to) throws IOException {
        var lines = new ArrayList<String>();
        var keep = true;
        try {
            for (var line : Files.readAllLines(mirror.directory().resolve("packed-refs"))) {
                if (line.startsWith("#")) {
                    lines.add(line);
                } else if (line.startsWith("^")) {
                    if (keep) {
                        lines.add(line);
                    }
                } else {
                    keep = line.contains(" refs/heads/") || line.contains(" refs/tags/");
                    if (keep) {
                        lines.add(line.replaceFirst(" refs/heads/", " refs/remotes/origin/"));
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.write(to, lines);
    }

    static ScmException failed(Path directory, String why) {
        return new ScmException(
                Kind.UNREACHABLE,
                "The files could not be written to %s: %s; see whether the disk is full"
                        .formatted(directory, why));
    }
}
