package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a repository what its refs name just now. */
final class RemoteRefs {

    private final Git git;
    private final Path directory;
    private final GitAccess access;

    /**
     * @param directory any that exists; git runs there
     */
    RemoteRefs(Git git, Path directory, GitAccess access) {
        this.git = git;
        this.directory = directory;
        this.access = access;
    }

    /** A ref's full name, or a commit's id for what has no name, and the commit. */
    record Found(String ref, String commit) {}

    /** Finds the branch that HEAD is at. */
    Found defaultBranch() throws ScmException, InterruptedException {
        var listed = list("HEAD");
        var commit = listed.commits().get("HEAD");
        if (commit == null) {
            throw new ScmException(
                    Kind.NO_SUCH_REF,
                    "%s has no commit on its default branch yet; push one, or name a branch"
                            .formatted(access.url().text()));
        }
        return new Found(listed.head().orElse(commit), commit);
    }

    /** Finds a branch before a tag of the same name. */
    Optional<Found> find(String name) throws ScmException, InterruptedException {
        var candidates =
                name.startsWith("refs/")
                        ? List.of(name)
                        : List.of("refs/heads/" + name, "refs/tags/" + name, "refs/" + name);
        var patterns = new ArrayList<String>();
        for (var candidate : candidates) {
            patterns.add(candidate);
            patterns.add(candidate + "^{}");
        }
        var commits = list(patterns.toArray(String[]::new)).commits();
        for (var candidate : candidates) {
            // An annotated tag is an object of its own; with ^{} it is the commit.
            var commit = commits.getOrDefault(candidate + "^{}", commits.get(candidate));
            if (commit != null) {
                return Optional.of(new Found(candidate, commit));
            }
        }
        return Optional.empty();
    }

    /** Returns the short names of all branches and tags. */
    List<String> names() throws ScmException, InterruptedException {
        return list("refs/heads/*", "refs/tags/*").commits().keySet().stream()
                .filter(name -> !name.endsWith("^{}"))
                .map(name -> name.replaceFirst("^refs/(heads|tags)/", ""))
                .toList();
    }

    private Listed list(String... patterns) throws ScmException, InterruptedException {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("ls-remote", "--symref", "--end-of-options", access.url().text()));
        arguments.addAll(List.of(patterns));
        var output = git.run(directory, access, arguments.toArray(String[]::new));
        if (!output.succeeded()) {
            throw Failures.of(access, output.stderr());
        }
        var commits = new LinkedHashMap<String, String>();
        var head = Optional.<String>empty();
        for (var line : output.text().split("\n", -1)) {
            var tab = line.indexOf('\t');
            if (tab < 0) {
                continue;
            }
            var left = line.substring(0, tab);
            var name = line.substring(tab + 1);
            if (left.startsWith("ref: ")) {
                head = name.equals("HEAD") ? Optional.of(left.substring(5)) : head;
            } else {
                commits.put(name, left);
            }
        }
        return new Listed(head, commits);
    }

    private record Listed(Optional<String> head, Map<String, String> commits) {}
}
