package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bare copy of one repository's branches and tags. It only grows: a commit that was fetched once
 * stays, even when its branch is gone.
 *
 * <p>One caller at a time fetches; others wait for it, and then mostly find what they want.
 */
final class Mirror {

    private static final Logger log = LoggerFactory.getLogger(Mirror.class);

    private static final List<String> ALL =
            List.of("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*");

    private static final Pattern DAMAGE =
            Pattern.compile(
                    "(?m)^(error|fatal): (?!remote).*(bad object|corrupt|is empty|unable to read|bad tree"
                            + " object|bad signature|missing (blob|tree|commit)|inflate: data"
                            + "|unable to unpack|failed to unpack tree|did not send all necessary objects)"
                            + "|^fatal: not a git repository",
                    Pattern.CASE_INSENSITIVE);

    private final Git git;
    private final Path mirrors;
    private final Path directory;
    private final ReentrantLock fetching = new ReentrantLock();

    /** Whether a git that was killed may have left lock files; true for those of an earlier us. */
    private boolean unclean = true;

    /**
     * @param mirrors the directory of all mirrors, which exists
     */
    Mirror(Git git, Path mirrors, String name) {
        this.git = git;
        this.mirrors = mirrors;
        this.directory = mirrors.resolve(name);
    }

    Path directory() {
        return directory;
    }

    boolean has(String commit) throws ScmException, InterruptedException {
        return exists()
                && git.run(directory, "cat-file", "-e", "--end-of-options", commit + "^{commit}")
                        .succeeded();
    }

    boolean exists() {
        return Files.isDirectory(directory);
    }

    /**
     * Fetches {@code commit} unless it is there.
     *
     * @param ref the ref that it was found by; fetched too if it is neither branch nor tag
     * @throws ScmException if it is not there afterwards
     */
    void ensure(GitAccess access, String commit, String ref)
            throws ScmException, InterruptedException {
        fetching.lockInterruptibly();
        try {
            if (has(commit)) {
                return;
            }
            var sha256 = commit.length() == 64;
            prepare(sha256);
            var refspecs = new ArrayList<>(ALL);
            if (ref.startsWith("refs/")
                    && !ref.startsWith("refs/heads/")
                    && !ref.startsWith("refs/tags/")) {
                refspecs.add("+" + ref + ":" + ref);
            }
            fetch(access, refspecs, sha256);
            if (!has(commit)) {
                fetchAlone(access, commit);
            }
        } finally {
            fetching.unlock();
        }
    }

    /** Fetches all branches and tags. */
    void update(GitAccess access, boolean sha256) throws ScmException, InterruptedException {
        fetching.lockInterruptibly();
        try {
            prepare(sha256);
            fetch(access, ALL, sha256);
        } finally {
            fetching.unlock();
        }
    }

    /** Throws the mirror away, as it is damaged, and fetches anew. */
    void renew(GitAccess access, String commit) throws ScmException, InterruptedException {
        fetching.lockInterruptibly();
        try {
            throwAway();
            ensure(access, commit, commit);
        } finally {
            fetching.unlock();
        }
    }

    /** Returns whether git complains of its own files, as after a crash of the machine. */
    static boolean isDamage(String stderr) {
        return DAMAGE.matcher(stderr).find();
    }

    private void throwAway() throws ScmException {
        log.warn("The mirror {} is damaged; fetching all of it anew", directory);
        try {
            var old = directory.resolveSibling(directory.getFileName() + ".damaged");
            Trees.delete(old);
            if (exists()) {
                Files.move(directory, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Trees.delete(old);
        } catch (IOException e) {
            throw unprepared(e);
        }
    }

    private void fetch(GitAccess access, List<String> refspecs, boolean sha256)
            throws ScmException, InterruptedException {
        var output = runFetch(access, refspecs);
        if (!output.succeeded() && isDamage(output.stderr())) {
            throwAway();
            prepare(sha256);
            output = runFetch(access, refspecs);
        }
        if (!output.succeeded()) {
            throw Failures.of(access, output.stderr());
        }
        // Keeps all refs in one file, which checkouts copy.
        git.run(directory, "pack-refs", "--all");
    }

    /** For a commit that no branch or tag has (any more); not every host gives it. */
    private void fetchAlone(GitAccess access, String commit)
            throws ScmException, InterruptedException {
        var output = runFetch(access, List.of("+" + commit + ":refs/headrace/kept/" + commit));
        if (!output.succeeded() || !has(commit)) {
            throw new ScmException(
                    Kind.NO_SUCH_COMMIT,
                    "There is no commit %s in %s; push it, or run another"
                            .formatted(commit, access.url().text()));
        }
    }

    private Git.Output runFetch(GitAccess access, List<String> refspecs)
            throws ScmException, InterruptedException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                // One pack that is there as a whole or not at all. Loose objects
                                // come one by one, the commit before its files, and a fetch that
                                // is under way, or was killed, would show a commit without them.
                                "-c",
                                "fetch.unpackLimit=1",
                                "fetch",
                                "--quiet",
                                "--force",
                                "--prune",
                                "--no-tags",
                                "--no-write-fetch-head",
                                "--no-recurse-submodules",
                                "--end-of-options",
                                access.url().text()));
        arguments.addAll(refspecs);
        unclean = true;
        var output = git.run(directory, access, arguments.toArray(String[]::new));
        unclean = false;
        return output;
    }

    private void prepare(boolean sha256) throws ScmException, InterruptedException {
        try {
            if (!exists()) {
                create(sha256);
            } else if (unclean) {
                clean();
            }
        } catch (IOException | UncheckedIOException e) {
            throw unprepared(e);
        }
    }

    private ScmException unprepared(Exception e) {
        return new ScmException(
                Kind.UNREACHABLE,
                "The mirror %s can't be prepared on the server: %s".formatted(directory, e),
                e);
    }

    /** Under another name first, so that a crash leaves no half of it. */
    private void create(boolean sha256) throws IOException, ScmException, InterruptedException {
        var begun = directory.resolveSibling(directory.getFileName() + ".new");
        Trees.delete(begun);
        var format = "--object-format=" + (sha256 ? "sha256" : "sha1");
        var output =
                git.run(
                        mirrors,
                        "init",
                        "--quiet",
                        "--bare",
                        format,
                        "--template=",
                        "--",
                        begun.toString());
        if (!output.succeeded()) {
            throw new IOException(output.stderr().strip());
        }
        Files.move(begun, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes lock files and half packs; nobody else is at work here. */
    private void clean() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (var file : all.filter(Mirror::isLeftover).toList()) {
                log.info("Removing {}, left by a git that was killed", file);
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isLeftover(Path file) {
        var name = String.valueOf(file.getFileName());
        return (name.endsWith(".lock") || name.startsWith("tmp_")) && Files.isRegularFile(file);
    }
}
