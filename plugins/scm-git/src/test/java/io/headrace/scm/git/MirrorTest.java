package io.headrace.scm.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ScmException;
import io.headrace.api.ScmProvider.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept between calls, and over crashes. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class MirrorTest {

    private @TempDir Path directory;
    private Path data = Path.of("");

    @BeforeEach
    void make() {
        data = directory.resolve("data");
    }

    @Test
    void whatIsMirroredNeedsNoRepository() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        var source = new Source(origin.url(), null);
        Configured.provider(data).resolve(source, "main");
        Files.move(origin.directory(), directory.resolve("moved"));
        var provider = Configured.provider(data);

        assertThat(provider.resolve(source, commit).message()).isEqualTo("first\n");
        assertThat(new String(provider.read(source, commit, "a", 9), StandardCharsets.UTF_8))
                .isEqualTo("1");
        assertThatThrownBy(() -> provider.resolve(source, "main"))
                .isInstanceOf(ScmException.class)
                .hasMessageStartingWith("There is no Git repository at " + origin.url());
    }

    @Test
    void aCommitStaysWhenItsBranchIsRewritten() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var source = new Source(origin.url(), null);
        var provider = Configured.provider(data);
        var old = origin.commit("main", Map.of("a", "1"), "old");
        provider.resolve(source, "main");
        origin.git("update-ref", "-d", "refs/heads/main");
        var fresh = origin.commit("main", Map.of("a", "2"), "fresh");
        origin.git("reflog", "expire", "--expire=now", "--all");
        origin.git("gc", "-q", "--prune=now");

        assertThat(provider.resolve(source, "main").commit()).isEqualTo(fresh);
        provider.checkout(source, old, Files.createDirectory(directory.resolve("target")));

        assertThat(directory.resolve("target/a")).hasContent("1");
    }

    @Test
    void pullRequestsAreFetchedByTheirFullName() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        origin.commit("main", Map.of("a", "1"), "first");
        var commit = origin.commit("theirs", Map.of("a", "2"), "theirs");
        origin.git("update-ref", "refs/pull/7/head", commit);
        origin.git("branch", "-q", "-D", "theirs");
        var source = new Source(origin.url(), null);

        var revision = Configured.provider(data).resolve(source, "refs/pull/7/head");

        assertThat(revision.commit()).isEqualTo(commit);
        assertThat(revision.ref()).isEqualTo("refs/pull/7/head");
    }

    @Test
    void shortIdsAndOtherHashesWork() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"), "--object-format=sha256");
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        var source = new Source(origin.url(), null);
        var provider = Configured.provider(data);

        assertThat(provider.resolve(source, "").commit()).isEqualTo(commit).hasSize(64);
        assertThat(provider.resolve(source, commit.substring(0, 9)).commit()).isEqualTo(commit);
        provider.checkout(source, commit, Files.createDirectory(directory.resolve("target")));

        assertThat(directory.resolve("target/a")).hasContent("1");
    }

    @Test
    void whatAKilledGitLeftIsRemoved() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        origin.commit("main", Map.of("a", "1"), "first");
        var source = new Source(origin.url(), null);
        Configured.provider(data).resolve(source, "main");
        var mirror = mirror();
        for (var name : new String[] {"packed-refs.lock", "HEAD.lock", "refs/heads/main.lock"}) {
            Files.createDirectories(mirror.resolve(name + "/..").normalize());
            Files.createFile(mirror.resolve(name));
        }
        Files.writeString(mirror.resolve("objects/pack/tmp_pack_x"), "half");
        var second = origin.commit("main", Map.of("a", "2"), "second");

        assertThat(Configured.provider(data).resolve(source, "main").commit()).isEqualTo(second);

        assertThat(mirror.resolve("objects/pack/tmp_pack_x")).doesNotExist();
    }

    @Test
    void aDamagedMirrorIsMadeAnew() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        var source = new Source(origin.url(), null);
        Configured.provider(data).resolve(source, "main");
        try (var objects = Files.walk(mirror().resolve("objects"))) {
            for (var file : objects.filter(Files::isRegularFile).toList()) {
                assertThat(file.toFile().setWritable(true)).isTrue();
                Files.writeString(file, "");
            }
        }
        var target = Files.createDirectory(directory.resolve("target"));

        Configured.provider(data).checkout(source, commit, target);

        assertThat(target.resolve("a")).hasContent("1");
    }

    @Test
    void stepsCanUseGitInTheWorkspace() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var first = origin.commit("main", Map.of("a", "1"), "first");
        origin.tag("v1", first);
        var commit = origin.commit("main", Map.of("a", "2"), "second");
        var target = Files.createDirectory(directory.resolve("target"));
        var source = new Source(origin.url(), null);
        var provider = Configured.provider(data);
        provider.resolve(source, "main");

        provider.checkout(source, commit, target);

        var workspace = new TestRepository(target);
        assertThat(workspace.git("rev-parse", "HEAD")).isEqualTo(commit + "\n");
        assertThat(workspace.git("status", "--porcelain")).isEmpty();
        assertThat(workspace.git("describe")).startsWith("v1-1-g");
        assertThat(workspace.git("rev-parse", "origin/main")).isEqualTo(commit + "\n");
    }

    @Test
    void apartFromTheServerTheRepositoryInTheWorkspaceIsWhole() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var first = origin.commit("main", Map.of("a", "1"), "first");
        origin.tag("v1", first);
        var commit = origin.commit("main", Map.of("a", "2"), "second");
        var target = Files.createDirectory(directory.resolve("target"));
        var source = new Source(origin.url(), null);
        var provider = Configured.provider(data);
        provider.resolve(source, "main");
        var repack = new ProcessBuilder("git", "-C", mirror().toString(), "repack", "-q").start();
        assertThat(repack.waitFor()).isZero();
        provider.resolve(source, origin.commit("main", Map.of("a", "3"), "third"));

        provider.checkoutApart(source, commit, target);
        Files.move(data.resolve("mirrors"), data.resolve("elsewhere"));

        var workspace = new TestRepository(target);
        assertThat(workspace.git("status", "--porcelain")).isEmpty();
        assertThat(workspace.git("describe")).startsWith("v1-1-g");
        assertThat(workspace.git("log", "--format=%s", "-p")).contains("first", "second", "+1");
        assertThat(workspace.git("log", "--format=%s", "origin/main")).startsWith("third");
        assertThat(workspace.git("fsck", "--full", "--strict")).isEmpty();
    }

    @Test
    void theRepositoryInTheWorkspaceCanBeLeftOut() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        var target = Files.createDirectory(directory.resolve("target"));

        Configured.provider(data, "repository-in-workspace", "false")
                .checkout(new Source(origin.url(), null), commit, target);

        assertThat(target).isDirectoryNotContaining("glob:**/.git");
        assertThat(target.resolve("a")).hasContent("1");
    }

    private Path mirror() throws Exception {
        try (var all = Files.list(data.resolve("mirrors"))) {
            return all.findFirst().orElseThrow();
        }
    }
}
