package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files: what stays, goes in and comes out, and that none leaves the workspace. */
abstract class FilesContract extends RunningContract {

    @Test
    void keepsFilesBetweenCommands() throws Exception {
        run("echo kept > file");

        assertThat(output("cat file")).isEqualTo("kept\n");
    }

    @Test
    void sharesTheWorkspaceIfItSaysSo() throws Exception {
        run("echo seen > file");

        assertThat(workspace.resolve("file").toFile().exists())
                .isEqualTo(place().sharesWorkspace());
    }

    @Test
    void putsFilesInPlace() throws Exception {
        var tar =
                new Tar()
                        .directory("tools")
                        .file("tools/greet", "#!/bin/sh\necho hello\n", 0755)
                        .file("deep/down/file", "text");

        place().put("", new ByteArrayInputStream(tar.bytes()));
        place().put("new/place", new ByteArrayInputStream(new Tar().file("f", "x").bytes()));

        assertThat(output("tools/greet; cat deep/down/file new/place/f")).isEqualTo("hello\ntextx");
    }

    @Test
    void refusesATarThatLeavesTheWorkspace() throws Exception {
        run("mkdir inside");

        assertRefused("../escaped", new Tar().file("../escaped", "x"));
        assertRefused("escaped", new Tar().file("inside/../../escaped", "x"));
        assertRefused("link", new Tar().symbolicLink("link", "/tmp").file("link/escaped", "x"));
        assertRefused("up", new Tar().symbolicLink("up", "..").file("up/escaped", "x"));
        assertRefused("hard", new Tar().hardLink("hard", "/etc/passwd"));
        assertThatThrownBy(() ->
                        place().put(
                                        "../elsewhere",
                                        new ByteArrayInputStream(new Tar().file("f", "x").bytes())))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("../elsewhere");
    }

    @Test
    void getsFilesByGlob() throws Exception {
        run(
                "mkdir -p dist/sub 'odd [name]' && cd dist && echo 1 >a.jar && echo 2 >b.jar"
                        + " && echo 3 >sub/c.jar && echo 4 >../top.txt && echo 5 >'../odd [name]/x'");
        var tar = new ByteArrayOutputStream();

        var counts =
                place().get(List.of("dist/*.jar", "**/*.jar", "t?p.txt", "*.none", "odd*/x"), tar);

        assertThat(counts).containsExactly(2, 3, 1, 0, 1);
        assertThat(Tar.files(tar.toByteArray()))
                .isEqualTo(
                        Map.of(
                                "dist/a.jar", "1\n",
                                "dist/b.jar", "2\n",
                                "dist/sub/c.jar", "3\n",
                                "top.txt", "4\n",
                                "odd [name]/x", "5\n"));
    }

    @Test
    void leavesOutLinksThatLeaveTheWorkspace() throws Exception {
        run("mkdir d; echo mine >d/file; ln -s /etc/passwd d/passwd; ln -s /etc e");
        var tar = new ByteArrayOutputStream();

        place().get(List.of("d/*", "e/passwd", "**"), tar);

        assertThat(Tar.files(tar.toByteArray())).isEqualTo(Map.of("d/file", "mine\n"));
    }

    @Test
    void refusesAGlobThatLeavesTheWorkspace() {
        for (var glob : List.of("../*", "a/../../b", "/etc/passwd")) {
            assertThatThrownBy(() -> place().get(List.of(glob), new ByteArrayOutputStream()))
                    .isInstanceOfSatisfying(
                            ExecutionException.class,
                            e -> assertThat(e.kind()).isEqualTo(ExecutionException.Kind.INVALID))
                    .hasMessageContaining(glob);
        }
    }

    private void assertRefused(String named, Tar tar) throws Exception {
        assertThatThrownBy(() -> place().put("", new ByteArrayInputStream(tar.bytes())))
                .isInstanceOfSatisfying(
                        ExecutionException.class,
                        e -> assertThat(e.kind()).isEqualTo(ExecutionException.Kind.INVALID))
                .hasMessageContaining(named);
        assertThat(output("ls ../escaped /tmp/escaped 2>/dev/null || true")).isEmpty();
    }
}
