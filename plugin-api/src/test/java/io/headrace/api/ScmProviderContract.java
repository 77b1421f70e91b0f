package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ScmException.Kind;
import io.headrace.api.ScmProvider.Credential;
import io.headrace.api.ScmProvider.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ScmProvider} promises. Extend it, say how to build yours, and run. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ScmProviderContract {

    private @TempDir Path directory;
    private @Nullable ScmProvider provider;
    private @Nullable Repository repository;

    /** A repository that the test fills. Its default branch is {@code main}. */
    public interface Repository {

        String url();

        /**
         * Makes {@code files}, by path, all there is on {@code branch}; makes the branch if needed.
         *
         * @return the full id of the commit, made by {@code Ada <ada@example.org>}
         */
        String commit(String branch, Map<String, String> files, String message) throws Exception;

        void tag(String name, String commit) throws Exception;
    }

    /** Returns the provider, configured. Called once for each test. */
    protected abstract ScmProvider provider() throws Exception;

    /** Returns a new repository without commits. Called once for each test. */
    protected abstract Repository repository() throws Exception;

    /** Returns a URL of the right form where no repository is. */
    protected abstract String urlOfNothing();

    @BeforeEach
    final void make() throws Exception {
        provider = provider();
        repository = repository();
    }

    @Test
    void hasATypeThatNeverChanges() {
        assertThat(scm().type()).matches("[a-z][a-z0-9-]*").isEqualTo(scm().type());
    }

    @Test
    void recognisesItsUrlsAndNoNonsense() {
        assertThat(scm().recognises(repo().url())).isTrue();
        for (var nonsense :
                List.of(
                        "",
                        " ",
                        "no url",
                        "--upload-pack=touch x",
                        "-oProxyCommand=x",
                        "ext::sh")) {
            assertThat(scm().recognises(nonsense)).as(nonsense).isFalse();
        }
    }

    @Test
    void resolvesTheDefaultBranch() throws Exception {
        repo().commit("other", Map.of("a", "0"), "other");
        var commit = repo().commit("main", Map.of("a", "1"), "first line\n\nmore\n");

        var revision = scm().resolve(source(), "");

        assertThat(revision.commit()).isEqualTo(commit);
        assertThat(revision.ref()).isEqualTo("refs/heads/main");
        assertThat(revision.author()).isEqualTo("Ada <ada@example.org>");
        assertThat(revision.message()).isEqualTo("first line\n\nmore\n");
        assertThat(revision.time()).isAfter("2000-01-01T00:00:00Z");
    }

    @Test
    void resolvesBranchesTagsFullNamesAndCommits() throws Exception {
        var old = repo().commit("main", Map.of("a", "1"), "old");
        repo().tag("v1", old);
        var fresh = repo().commit("feature/x", Map.of("a", "2"), "fresh");
        repo().commit("main", Map.of("a", "3"), "newest");

        assertThat(scm().resolve(source(), "feature/x"))
                .returns(fresh, ScmProvider.Revision::commit)
                .returns("refs/heads/feature/x", ScmProvider.Revision::ref);
        assertThat(scm().resolve(source(), "v1"))
                .returns(old, ScmProvider.Revision::commit)
                .returns("refs/tags/v1", ScmProvider.Revision::ref);
        assertThat(scm().resolve(source(), "refs/heads/feature/x").commit()).isEqualTo(fresh);
        assertThat(scm().resolve(source(), old))
                .returns(old, ScmProvider.Revision::commit)
                .returns(old, ScmProvider.Revision::ref);
    }

    @Test
    void seesWhatWasPushedMeanwhile() throws Exception {
        repo().commit("main", Map.of("a", "1"), "first");
        scm().resolve(source(), "main");
        var second = repo().commit("main", Map.of("a", "2"), "second");

        assertThat(scm().resolve(source(), "main").commit()).isEqualTo(second);
        assertThat(text(scm().read(source(), second, "a", 10))).isEqualTo("2");
    }

    @Test
    void namesTheRefThatIsMissingAndTheNearest() throws Exception {
        repo().commit("main", Map.of("a", "1"), "first");
        repo().commit("release-1.2", Map.of("a", "1"), "first");

        assertFails(Kind.NO_SUCH_REF, () -> scm().resolve(source(), "relase-1.2"))
                .contains("'relase-1.2'", "release-1.2");
    }

    @Test
    void aRefThatLooksLikeAnOptionIsJustUnknown() throws Exception {
        repo().commit("main", Map.of("a", "1"), "first");

        for (var ref :
                List.of("--upload-pack=touch x", "-f", "main..x", "a b", "x:y", "*", "main\n-x")) {
            assertFails(Kind.NO_SUCH_REF, () -> scm().resolve(source(), ref));
        }
    }

    @Test
    void namesTheCommitThatIsMissing() throws Exception {
        var commit = repo().commit("main", Map.of("a", "1"), "first");
        var missing = "1234".repeat(commit.length() / 4);

        assertFails(Kind.NO_SUCH_COMMIT, () -> scm().resolve(source(), missing)).contains(missing);
        assertFails(Kind.NO_SUCH_COMMIT, () -> scm().read(source(), missing, "a", 10))
                .contains(missing);
        assertFails(Kind.NO_SUCH_COMMIT, () -> scm().checkout(source(), missing, fresh("x")))
                .contains(missing);
        for (var nonsense : List.of("--help", "main", "HEAD", "", commit + "\n")) {
            assertFails(Kind.NO_SUCH_COMMIT, () -> scm().read(source(), nonsense, "a", 10));
        }
    }

    @Test
    void readsAFileOfACommit() throws Exception {
        var first = repo().commit("main", Map.of("a", "1", "deep/b.yml", "ü\n"), "first");
        var second = repo().commit("main", Map.of("a", "2"), "second");

        assertThat(text(scm().read(source(), first, "deep/b.yml", 3))).isEqualTo("ü\n");
        assertThat(text(scm().read(source(), first, "a", 10))).isEqualTo("1");
        assertThat(text(scm().read(source(), second, "a", 10))).isEqualTo("2");
    }

    @Test
    void namesTheFileThatIsMissing() throws Exception {
        var commit = repo().commit("main", Map.of("dir/a", "1"), "first");

        for (var path : List.of("nope.yml", "dir", "dir/a/x", "../dir/a", "/etc/passwd", "")) {
            assertFails(Kind.NO_SUCH_FILE, () -> scm().read(source(), commit, path, 10))
                    .contains("'" + path + "'", commit.substring(0, 7));
        }
        assertFails(Kind.NO_SUCH_FILE, () -> scm().read(source(), commit, "dir/a\nx", 10));
    }

    @Test
    void refusesAFileThatIsTooLong() throws Exception {
        var commit = repo().commit("main", Map.of("big", "x".repeat(1000)), "first");

        assertFails(Kind.TOO_LARGE, () -> scm().read(source(), commit, "big", 999))
                .contains("'big'", "1000", "999");
    }

    @Test
    void checksOutExactlyTheFilesOfACommit() throws Exception {
        var files = Map.of("a", "1", "deep/down/b", "2\n", "name with ü", "3");
        var first = repo().commit("main", files, "first");
        repo().commit("main", Map.of("c", "4"), "second");
        var target = fresh("target");

        scm().checkout(source(), first, target);

        assertThat(files(target)).isEqualTo(new TreeMap<>(files));
    }

    @Test
    void checksOutManyAtOnce() throws Exception {
        var first = repo().commit("main", Map.of("a", "1"), "first");
        var second = repo().commit("main", Map.of("a", "2"), "second");
        var running = new ArrayList<FutureTask<Map<String, String>>>();

        for (var i = 0; i < 8; i++) {
            var target = fresh("target" + i);
            var commit = i % 2 == 0 ? first : second;
            var task =
                    new FutureTask<>(() -> {
                        scm().checkout(source(), commit, target);
                        return files(target);
                    });
            Thread.startVirtualThread(task);
            running.add(task);
        }

        for (var i = 0; i < 8; i++) {
            assertThat(running.get(i).get()).isEqualTo(Map.of("a", i % 2 == 0 ? "1" : "2"));
        }
    }

    @Test
    void saysThatThereIsNoRepository() {
        var nothing = new Source(urlOfNothing(), null);

        assertFails(Kind.NO_SUCH_REPOSITORY, () -> scm().resolve(nothing, "main"))
                .contains(urlOfNothing());
    }

    @Test
    void refusesUrlsThatRunCommands() {
        for (var url : List.of("ext::sh -c true", "--upload-pack=true", "-x", "", "a\nb")) {
            assertFails(Kind.INVALID_URL, () -> scm().resolve(new Source(url, null), "main"));
        }
    }

    @Test
    void neverTellsTheSecret() {
        var secret = "s3cr3t-t0ken";
        var source = new Source(urlOfNothing(), new Credential("ada", secret));

        assertThat(source.toString()).doesNotContain(secret);
        assertThatThrownBy(() -> scm().resolve(source, "main"))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(secret));
    }

    private static AbstractStringAssert<?> assertFails(Kind kind, ThrowingCallable call) {
        var messages = new ArrayList<String>();
        Consumer<ScmException> right =
                e -> {
                    assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
                    messages.add(e.getMessage());
                };
        assertThatThrownBy(call).isInstanceOfSatisfying(ScmException.class, right);
        return assertThat(messages.getFirst());
    }

    /** Returns the content of all files, by path, but for those of the system's own directory. */
    private static Map<String, String> files(Path root) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var name = root.relativize(file).toString();
                if (!name.startsWith(".git/")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }

    private Path fresh(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Source source() {
        return new Source(repo().url(), null);
    }

    private ScmProvider scm() {
        return Objects.requireNonNull(provider);
    }

    private Repository repo() {
        return Objects.requireNonNull(repository);
    }
}
