package io.headrace.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceHashTest {

    private static @TempDir Path directory;
    private Path workspace;

    @BeforeEach
    void writeFiles() throws IOException {
        workspace = Files.createTempDirectory(directory, "workspace");
        Files.createDirectories(workspace.resolve("sub"));
        Files.writeString(workspace.resolve("pom.xml"), "one");
        Files.writeString(workspace.resolve("sub/pom.xml"), "two");
        Files.writeString(workspace.resolve("other.txt"), "three");
    }

    private String hash(String... globs) throws Exception {
        return WorkspaceHash.of(List.of(globs), new FolderPlace(workspace));
    }

    @Test
    void itIsTheDigestOfWhatSha256sumPrints() throws Exception {
        var lines = sha256("one") + "  pom.xml\n" + sha256("two") + "  sub/pom.xml\n";

        assertThat(hash("pom.xml", "**/pom.xml")).isEqualTo(sha256(lines));
        assertThat(hash("**/pom.xml", "pom.xml")).isEqualTo(sha256(lines));
        assertThat(hash("pom.xml")).isEqualTo(sha256(sha256("one") + "  pom.xml\n"));
    }

    @Test
    void contentsAndNamesCountAndNothingElse() throws Exception {
        var before = hash("**/pom.xml");

        Files.writeString(workspace.resolve("other.txt"), "changed");
        assertThat(hash("**/pom.xml")).isEqualTo(before);
        Files.writeString(workspace.resolve("sub/pom.xml"), "tow");
        assertThat(hash("**/pom.xml")).isNotEqualTo(before);
        Files.writeString(workspace.resolve("sub/pom.xml"), "two");
        Files.move(workspace.resolve("sub"), workspace.resolve("bus"));
        assertThat(hash("**/pom.xml")).isNotEqualTo(before);
    }

    @Test
    void nothingHasNone() throws Exception {
        assertThat(hash("none/**")).isEmpty();
    }

    @Test
    void whatIsTooMuchIsRefused() throws Exception {
        var place = new FolderPlace(workspace);
        var all = List.of("**");

        assertThat(WorkspaceHash.of(all, place, 3, 11)).hasSize(64);
        assertThatThrownBy(() -> WorkspaceHash.of(all, place, 2, 100))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "hashFiles() reads at most 2 files and 100 bytes; write narrower globs");
        assertThatThrownBy(() -> WorkspaceHash.of(all, place, 3, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at most 3 files and 10 bytes");
    }

    @Test
    void whatThePlaceSaysIsPassedOn() {
        var place = new FolderPlace(workspace.resolve("gone"));

        assertThatThrownBy(() -> WorkspaceHash.of(List.of("**"), place))
                .isInstanceOfAny(IOException.class, ExecutionException.class);
    }

    private static String sha256(String text) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
