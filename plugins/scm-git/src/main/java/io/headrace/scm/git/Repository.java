package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import io.headrace.api.ScmProvider.Revision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One repository, by one login, for one call. */
final class Repository implements AutoCloseable {

    private static final Pattern NO_PATH = Pattern.compile("^$|^/|\\p{Cntrl}|(^|/)\\.{0,2}(/|$)");

    private static final int HEADER = 4096;

    private final Git git;
    private final Path anywhere;
    private final Mirror mirror;
    private final GitAccess access;
    private final Proofs proofs;
    private final Memory memory;
    private final boolean keepRepository;

    Repository(
            Git git,
            Path anywhere,
            Mirror mirror,
            GitAccess access,
            Proofs proofs,
            Memory memory,
            boolean keepRepository) {
        this.git = git;
        this.anywhere = anywhere;
        this.mirror = mirror;
        this.access = access;
        this.proofs = proofs;
        this.memory = memory;
        this.keepRepository = keepRepository;
    }

    Revision resolve(String ref) throws ScmException, InterruptedException {
        if (RefName.isFullId(ref)) {
            return revision(new RemoteRefs.Found(ref, ref));
        }
        var remote = new RemoteRefs(git, anywhere, access);
        if (ref.isEmpty()) {
            var found = remote.defaultBranch();
            proofs.add(access);
            return revision(found);
        }
        var found = RefName.isValid(ref) ? remote.find(ref) : Optional.<RemoteRefs.Found>empty();
        if (found.isEmpty() && RefName.isShortId(ref)) {
            found = byShortId(ref);
        }
        if (found.isEmpty()) {
            throw noSuchRef(ref, remote.names());
        }
        proofs.add(access);
        return revision(found.get());
    }

    private Optional<RemoteRefs.Found> byShortId(String id)
            throws ScmException, InterruptedException {
        mirror.update(access, false);
        proofs.add(access);
        var output =
                git.run(
                        mirror.directory(),
                        "rev-parse",
                        "--verify",
                        "--quiet",
                        "--end-of-options",
                        id + "^{commit}");
        var commit = output.text().strip();
        return RefName.isFullId(commit)
                ? Optional.of(new RemoteRefs.Found(commit, commit))
                : Optional.empty();
    }

    private ScmException noSuchRef(String ref, List<String> names) {
        var near = RefName.nearest(ref, names);
        return new ScmException(
                Kind.NO_SUCH_REF,
                "There is no branch, tag or commit '%s' in %s; %s"
                        .formatted(
                                ref,
                                access.url().text(),
                                near.isEmpty()
                                        ? "it has no branches yet"
                                        : "the nearest names are " + String.join(", ", near)));
    }

    private Revision revision(RemoteRefs.Found found) throws ScmException, InterruptedException {
        prove();
        var known = memory.revision(access.url(), found.commit());
        if (known.isPresent()) {
            return named(known.get(), found.ref());
        }
        var output = mirror.exists() ? log(found.commit()) : null;
        if (output == null || !output.succeeded()) {
            mirror.ensure(access, found.commit(), found.ref());
            output = log(found.commit());
        }
        if (!output.succeeded()) {
            throw Failures.of(access, output.stderr());
        }
        var fields = output.text().split("\0", 4);
        var revision =
                new Revision(
                        fields[0],
                        found.ref(),
                        fields[1],
                        fields[3],
                        Instant.ofEpochSecond(Long.parseLong(fields[2])));
        memory.keepRevision(access.url(), revision);
        return revision;
    }

    private static Revision named(Revision known, String ref) {
        return new Revision(known.commit(), ref, known.author(), known.message(), known.time());
    }

    private Git.Output log(String commit) throws ScmException, InterruptedException {
        return git.run(
                mirror.directory(),
                "-c",
                "log.showSignature=false",
                "log",
                "-1",
                "--no-color",
                "--no-notes",
                "--encoding=UTF-8",
                "--format=format:%H%x00%an <%ae>%x00%ct%x00%B",
                "--end-of-options",
                commit);
    }

    byte[] read(String commit, String path, int maxBytes)
            throws ScmException, InterruptedException {
        prove();
        if (NO_PATH.matcher(path).find()) {
            mirrored(commit);
            throw noSuchFile(path, commit);
        }
        var known = memory.file(access.url(), commit, path);
        if (known.isPresent() && known.get().length <= maxBytes) {
            return known.get();
        }
        var bytes = mirror.exists() ? cat(commit, path, maxBytes) : Optional.<byte[]>empty();
        if (bytes.isEmpty() && !mirror.has(commit)) {
            mirrored(commit);
            bytes = cat(commit, path, maxBytes);
        }
        var found = bytes.orElseThrow(() -> noSuchFile(path, commit));
        memory.keepFile(access.url(), commit, path, found);
        return found;
    }

    private Optional<byte[]> cat(String commit, String path, int maxBytes)
            throws ScmException, InterruptedException {
        var output =
                git.run(
                                mirror.directory(),
                                Map.of(),
                                commit + ":" + path + "\n",
                                (int) Math.min(Integer.MAX_VALUE - 8L, (long) maxBytes + HEADER),
                                "cat-file",
                                "--batch",
                                "--follow-symlinks")
                        .stdout();
        var end = 0;
        while (end < output.length && output[end] != '\n') {
            end++;
        }
        // <id> blob <size>, or else words such as "missing".
        var header = new String(output, 0, end, StandardCharsets.UTF_8).split(" ", -1);
        if (header.length != 3 || !header[1].equals("blob")) {
            return Optional.empty();
        }
        var size = Long.parseLong(header[2]);
        if (size > maxBytes) {
            throw new ScmException(
                    Kind.TOO_LARGE,
                    "The file '%s' at commit %s has %d bytes, and %d are allowed; make it smaller"
                            .formatted(path, shortened(commit), size, maxBytes));
        }
        return Optional.of(Arrays.copyOfRange(output, end + 1, end + 1 + (int) size));
    }

    void checkout(String commit, Path directory, boolean apart)
            throws ScmException, InterruptedException {
        prove();
        var checkout = new Checkout(git, mirror, access.url(), kept(apart));
        var problem = checkout.into(directory, commit);
        if (problem.isEmpty()) {
            return;
        }
        if (!mirror.has(commit)) {
            mirrored(commit);
        } else if (Mirror.isDamage(problem.get())) {
            mirror.renew(access, commit);
        } else {
            throw Checkout.failed(directory, problem.get());
        }
        problem = checkout.into(directory, commit);
        if (problem.isPresent()) {
            throw Checkout.failed(directory, problem.get());
        }
    }

    private Checkout.Kept kept(boolean apart) {
        if (!keepRepository) {
            return Checkout.Kept.NOTHING;
        }
        return apart ? Checkout.Kept.WHOLE : Checkout.Kept.BORROWING;
    }

    private void mirrored(String commit) throws ScmException, InterruptedException {
        mirror.ensure(access, commit, commit);
    }

    /** Asks the host whether this login is good, if it was not asked lately. */
    private void prove() throws ScmException, InterruptedException {
        if (!proofs.has(access)) {
            new RemoteRefs(git, anywhere, access).find("HEAD");
            proofs.add(access);
        }
    }

    private ScmException noSuchFile(String path, String commit) {
        return new ScmException(
                Kind.NO_SUCH_FILE,
                "There is no file '%s' at commit %s of %s; add it, or correct its name in the project"
                        .formatted(path, shortened(commit), access.url().text()));
    }

    private static String shortened(String commit) {
        return commit.substring(0, 10);
    }

    @Override
    public void close() throws ScmException {
        access.close();
    }
}
