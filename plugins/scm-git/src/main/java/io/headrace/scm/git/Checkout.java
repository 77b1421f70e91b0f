package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * Puts a commit's files into a directory, with a {@code .git} that borrows its objects from the
 * mirror: what {@code git clone --shared} makes, with a single process.
 */
final class Checkout {

    private final Git git;
    private final Mirror mirror;
    private final GitUrl url;

    Checkout(Git git, Mirror mirror, GitUrl url) {
        this.git = git;
        this.mirror = mirror;
        this.url = url;
    }

    /** Returns whether the mirror has the commit; if not, the directory is empty. */
    boolean into(Path directory, String commit, boolean keepRepository)
            throws ScmException, InterruptedException {
        try {
            if (!mirror.exists()) {
                return false;
            }
            makeRepository(directory.resolve(".git"), commit);
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
                Trees.delete(directory.resolve(".git"));
                if (mirror.has(commit)) {
                    throw failed(directory, output.stderr().strip());
                }
                return false;
            }
            if (!keepRepository) {
                Trees.delete(directory.resolve(".git"));
            }
            return true;
        } catch (IOException e) {
            throw failed(directory, e.toString());
        }
    }

    private void makeRepository(Path repository, String commit) throws IOException {
        var objects = mirror.directory().resolve("objects");
        Files.createDirectories(repository.resolve("objects/info"));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("HEAD"), commit + "\n");
        Files.writeString(repository.resolve("objects/info/alternates"), objects + "\n");
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

    private static ScmException failed(Path directory, String why) {
        return new ScmException(
                Kind.UNREACHABLE,
                "The files could not be written to %s: %s".formatted(directory, why));
    }
}
