package io.headrace.executor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ExecutionException;
import io.headrace.api.Tar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files into a workspace and out of it. */
class TarTest {

    private @TempDir Path directory;
    private Path workspace = Path.of("");

    @BeforeEach
    void make() throws IOException {
        workspace = Files.createDirectory(directory.resolve("workspace"));
    }

    @Test
    void aLinkInTheWorkspaceIsReplacedNotWrittenThrough() throws Exception {
        var outside = Files.writeString(directory.resolve("outside"), "untouched");
        Files.createSymbolicLink(workspace.resolve("file"), outside);

        unpack(new Tar().file("file", "new"));

        assertThat(outside).hasContent("untouched");
        assertThat(workspace.resolve("file")).isRegularFile().hasContent("new");
    }

    @Test
    void aDirectoryLinkInTheWorkspaceThatLeadsOutIsRefused() throws Exception {
        var outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(workspace.resolve("dir"), outside);

        for (var name : List.of("dir/file", "dir/sub/file")) {
            assertThatThrownBy(() -> unpack(new Tar().file(name, "x")))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessage(
                            "The archive is refused: the entry '%s' leads out of the workspace by a"
                                    + " link",
                            name);
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void linksInsideAreKept() throws Exception {
        unpack(
                new Tar()
                        .file("a/file", "x")
                        .symbolicLink("a/link", "file")
                        .symbolicLink("up", "a/../a/file")
                        .hardLink("hard", "a/file"));

        assertThat(workspace.resolve("a/link")).isSymbolicLink().hasContent("x");
        assertThat(workspace.resolve("up")).hasContent("x");
        assertThat(workspace.resolve("hard")).hasContent("x");
    }

    @Test
    void aLinkByWayOfAnotherLinkCannotLeadOut() throws Exception {
        var sly =
                new Tar()
                        .directory("a/b")
                        .symbolicLink("down", "a/b")
                        .symbolicLink("out", "down/../../../outside");

        assertThatThrownBy(() -> unpack(sly))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("'out'");
    }

    @Test
    void setUserIdIsDropped() throws Exception {
        unpack(new Tar().file("tool", "x", 06755));

        assertThat(Files.getPosixFilePermissions(workspace.resolve("tool")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat((int) Files.getAttribute(workspace.resolve("tool"), "unix:mode") & 06000)
                .isZero();
    }

    @Test
    void linksInsideAreFollowedAndLoopsEnd() throws Exception {
        Files.createDirectories(workspace.resolve("build/dist"));
        Files.writeString(workspace.resolve("build/dist/app.jar"), "jar");
        Files.createSymbolicLink(workspace.resolve("dist"), Path.of("build/dist"));
        Files.createSymbolicLink(workspace.resolve("build/loop"), Path.of(".."));
        Files.createSymbolicLink(workspace.resolve("dangling"), Path.of("nowhere"));

        var files = pack("dist/*", "**/app.jar");

        assertThat(files)
                .containsEntry("dist/app.jar", "jar")
                .containsEntry("build/dist/app.jar", "jar");
    }

    @Test
    void aFileOfTwoPatternsIsPackedOnce() throws Exception {
        Files.writeString(workspace.resolve("a.txt"), "x");
        var tar = new ByteArrayOutputStream();

        var counts = new TarWriter(workspace).pack(List.of("*.txt", "a.*", "./a.txt"), tar);

        assertThat(counts).containsExactly(1, 1, 1);
        assertThat(Tar.files(tar.toByteArray())).isEqualTo(Map.of("a.txt", "x"));
    }

    @Test
    void aPatternThatEndsInASlashMeansAllBelow() throws Exception {
        Files.createDirectories(workspace.resolve("dist/sub"));
        Files.writeString(workspace.resolve("dist/sub/.hidden"), "x");

        assertThat(pack("dist/")).isEqualTo(Map.of("dist/sub/.hidden", "x"));
    }

    @Test
    void patternCharactersOfOthersStandForThemselves() throws Exception {
        Files.writeString(workspace.resolve("a[1]{b}.txt"), "x");

        assertThat(pack("a[1]{b}.*")).hasSize(1);
        assertThat(pack("a?1*")).hasSize(1);
        assertThat(pack("a[0-9]*")).isEmpty();
    }

    @Test
    void whatWasPackedCanBeUnpacked() throws Exception {
        var name = "deep/" + "long-".repeat(40) + "ü/file";
        Files.createDirectories(workspace.resolve(name + "/..").normalize());
        Files.writeString(workspace.resolve(name), "content");
        var tar = new ByteArrayOutputStream();
        new TarWriter(workspace).pack(List.of("**"), tar);
        var copy = Files.createDirectory(directory.resolve("copy"));

        new TarReader(copy).unpack("", new ByteArrayInputStream(tar.toByteArray()));

        assertThat(copy.resolve(name)).hasContent("content");
    }

    private void unpack(Tar tar) throws Exception {
        new TarReader(workspace).unpack("", new ByteArrayInputStream(tar.bytes()));
    }

    private Map<String, String> pack(String... globs) throws Exception {
        var tar = new ByteArrayOutputStream();
        new TarWriter(workspace).pack(List.of(globs), tar);
        return Tar.files(tar.toByteArray());
    }
}
