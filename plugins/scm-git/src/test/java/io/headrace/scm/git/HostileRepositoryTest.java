package io.headrace.scm.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.headrace.api.ScmProvider.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a repository holds, nothing of it runs, and nothing is written elsewhere. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HostileRepositoryTest {

    private @TempDir Path directory;
    private Path target = Path.of("");
    private Path proof = Path.of("");

    @BeforeEach
    void make() throws Exception {
        target = Files.createDirectory(directory.resolve("target"));
        proof = directory.resolve("proof");
    }

    @Test
    void hooksAndFiltersDoNotRun() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var touch = "touch " + proof;
        origin.git("config", "filter.evil.smudge", touch);
        origin.git("config", "core.fsmonitor", touch);
        origin.git("config", "uploadpack.packObjectsHook", touch);
        for (var hook : List.of("post-checkout", "reference-transaction", "post-index-change")) {
            var file = origin.directory().resolve(".git/hooks/" + hook);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + touch + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.deleteIfExists(proof);
        var commit =
                origin.commit(
                        "main",
                        Map.of(
                                ".gitattributes", "* filter=evil\n",
                                ".gitconfig", "[core]\n\thooksPath = .\n",
                                "a", "1"),
                        "evil");
        Files.deleteIfExists(proof);
        var provider = Configured.provider(directory.resolve("data"));
        var source = new Source(origin.url(), null);

        provider.resolve(source, "main");
        provider.checkout(source, commit, target);

        assertThat(proof).doesNotExist();
        assertThat(target.resolve("a")).hasContent("1");
    }

    @Test
    void submodulesAreNotFetched() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var modules =
                """
                [submodule "x"]
                	path = x
                	url = ext::sh -c touch%% %s
                """
                        .formatted(proof);
        var first = origin.commit("main", Map.of(".gitmodules", modules, "a", "1"), "first");
        origin.git("update-index", "--add", "--cacheinfo", "160000," + first + ",x");
        origin.git("commit", "-q", "-m", "with a submodule");
        var commit = origin.git("rev-parse", "HEAD").strip();

        Configured.provider(directory.resolve("data"))
                .checkout(new Source(origin.url(), null), commit, target);

        assertThat(proof).doesNotExist();
        assertThat(target.resolve("x")).isEmptyDirectory();
    }

    @Test
    void linksAreCheckedOutAsLinks() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        Files.createSymbolicLink(origin.directory().resolve("link"), Path.of("/etc/passwd"));
        origin.git("add", "link");
        origin.git("commit", "-q", "-m", "a link");
        var commit = origin.git("rev-parse", "HEAD").strip();
        var provider = Configured.provider(directory.resolve("data"));
        var source = new Source(origin.url(), null);

        provider.checkout(source, commit, target);

        assertThat(Files.readSymbolicLink(target.resolve("link"))).hasToString("/etc/passwd");
        assertThatThrownBy(() -> provider.read(source, commit, "link", 100_000))
                .hasMessageContaining("There is no file 'link'");
    }

    @Test
    void aRepositoryOfAnotherOwnerIsRead() throws Exception {
        var origin = new TestRepository(directory.resolve("origin"));
        var commit = origin.commit("main", Map.of("a", "1"), "first");
        var chown = new ProcessBuilder("chown", "-R", "65534", origin.url()).start();
        assumeThat(chown.waitFor()).as("only root can give files away").isZero();

        var revision =
                Configured.provider(directory.resolve("data"))
                        .resolve(new Source(origin.url(), null), "main");

        assertThat(revision.commit()).isEqualTo(commit);
    }
}
