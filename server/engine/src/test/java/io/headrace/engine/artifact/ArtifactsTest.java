package io.headrace.engine.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.api.ExecutionException;
import io.headrace.api.StorageFullException;
import io.headrace.engine.Retention;
import io.headrace.engine.TimeId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import io.headrace.language.Plan;
import io.headrace.language.Plan.Artifact.When;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {

    private static final Artifacts.Source BUILD = source("build");

    private @TempDir Path workspace;
    private @TempDir Path blobs;
    private @TempDir Path next;
    private final MemoryCatalog catalog = new MemoryCatalog();
    private final List<String> warnings = new ArrayList<>();
    private FolderStore store;
    private FolderPlace place;
    private Artifacts artifacts;

    @BeforeEach
    void start() {
        store = new FolderStore(blobs);
        place = new FolderPlace(workspace);
        var clock = InstantSource.system();
        artifacts =
                new Artifacts(() -> store, catalog, new TimeId(clock, 0), Retention.DEFAULT, clock);
    }

    @Test
    void matchingFilesAreKeptWithTheirFacts() throws Exception {
        write("dist/app.jar", "jar");
        write("dist/docs/index.html", "<html>");
        write("src/App.java", "class App {}");

        var kept = collect(true, wanted("dist", When.ON_SUCCESS, "dist/**"));

        assertThat(kept)
                .extracting(
                        Artifact::jobKey,
                        Artifact::name,
                        Artifact::path,
                        Artifact::size,
                        Artifact::contentType,
                        Artifact::consumable)
                .containsExactly(
                        tuple(
                                "build",
                                "dist",
                                "dist/app.jar",
                                3L,
                                "application/java-archive",
                                true),
                        tuple("build", "dist", "dist/docs/index.html", 6L, "text/html", true));
        assertThat(artifacts.ofRun(BUILD.run())).isEqualTo(kept);
        assertThat(artifacts.find(kept.getFirst().id())).contains(kept.getFirst());
        try (var bytes = artifacts.open(kept.getFirst(), 1, 2)) {
            assertThat(bytes).hasContent("ar");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void aPatternThatMatchesNothingIsNamedAndTheOthersGoOn() throws Exception {
        write("a.txt", "a");

        var kept = collect(true, wanted("out", When.ALWAYS, "dist/*.jar", "*.txt"));

        assertThat(kept).hasSize(1);
        assertThat(warnings)
                .containsExactly(
                        "Artifact 'out': nothing matches 'dist/*.jar'. Paths are relative to the"
                                + " workspace.");
    }

    @Test
    void theOutcomeDecidesWhatIsKept() throws Exception {
        write("a.txt", "a");
        var all =
                List.of(
                        wanted("good", When.ON_SUCCESS, "*.txt"),
                        wanted("bad", When.ON_FAILURE, "*.txt"),
                        wanted("any", When.ALWAYS, "*.txt"));

        assertThat(
                        artifacts.collect(
                                BUILD, all, true, place, UnaryOperator.identity(), warnings::add))
                .extracting(Artifact::name, Artifact::consumable)
                .containsExactly(tuple("good", true), tuple("any", true));
        assertThat(
                        artifacts.collect(
                                BUILD, all, false, place, UnaryOperator.identity(), warnings::add))
                .extracting(Artifact::name, Artifact::consumable)
                .containsExactly(tuple("bad", false), tuple("any", false));
    }

    @Test
    void aSecretInAPathIsReplaced() throws Exception {
        write("out-s3cr3t.txt", "text");

        var kept =
                artifacts.collect(
                        BUILD,
                        List.of(wanted("out", When.ALWAYS, "*.txt")),
                        true,
                        place,
                        path -> path.replace("s3cr3t", "«KEY»"),
                        warnings::add);

        assertThat(kept).extracting(Artifact::path).containsExactly("out-«KEY».txt");
    }

    @Test
    void aPatternThatLeavesTheWorkspaceIsRefused() {
        for (var pattern : List.of("../secret", "/etc/passwd", "a/../../b")) {
            assertThatThrownBy(() -> collect(true, wanted("out", When.ALWAYS, pattern)))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessage(
                            "artifact 'out': the path '%s' leaves the workspace; use one relative to it, without '..'"
                                    .formatted(pattern));
        }
    }

    @Test
    void aNameThatLeavesTheWorkspaceIsRefused() throws Exception {
        write("a.txt", "a");

        for (var name : List.of("../a", "/a", "a//b", "a/./b", "a\\b", "a\nb")) {
            place.lie = name;
            assertThatThrownBy(() -> collect(true, wanted("out", When.ALWAYS, "*.txt")))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "artifact 'out' has a file whose name can't be kept: '%s'; rename it"
                                    .formatted(name.replace('\n', '?')));
        }
        assertThat(catalog.rows).isEmpty();
    }

    @Test
    void aFullStoreIsSaidAndLeavesNoRows() throws Exception {
        write("small.txt", "a");
        write("big.txt", "b".repeat(1_000_000));
        store.room = 1_000;

        assertThatThrownBy(() ->
                        collect(
                                true,
                                wanted("small", When.ALWAYS, "small.txt"),
                                wanted("big", When.ALWAYS, "big.txt")))
                .isInstanceOf(StorageFullException.class)
                .hasMessage("the store has only 1000 bytes left");
        assertThat(catalog.rows).isEmpty();
    }

    @Test
    void filesComeBackAsTheyWere() throws Exception {
        var big = new byte[3_000_000];
        new Random(1).nextBytes(big);
        write("dist/a b/ä€.txt", "text");
        Files.write(workspace.resolve("dist/big.bin"), big);
        write("dist/empty", "");
        write("dist/" + "long/".repeat(40) + "name.txt", "deep");
        var kept = collect(true, wanted("dist", When.ALWAYS, "dist/**"));

        artifacts.restore(kept, "in", new FolderPlace(next));

        assertThat(next.resolve("in/dist/a b/ä€.txt")).hasContent("text");
        assertThat(next.resolve("in/dist/big.bin")).hasBinaryContent(big);
        assertThat(next.resolve("in/dist/empty")).isEmptyFile();
        assertThat(next.resolve("in/dist/" + "long/".repeat(40) + "name.txt")).hasContent("deep");
    }

    @Test
    void aFileThatIsMissingFromTheStoreIsNamed() throws Exception {
        write("dist/app.jar", "jar");
        var kept = collect(true, wanted("dist", When.ALWAYS, "dist/*"));
        store.delete(kept.getFirst().sha256());

        assertThatThrownBy(() -> artifacts.restore(kept, "", new FolderPlace(next)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "dist/app.jar of artifact 'dist' (job build) is missing from the store; run"
                                + " that job again");
    }

    @Test
    void aDamagedFileIsNotBrought() throws Exception {
        write("app.jar", "jar");
        var kept = collect(true, wanted("dist", When.ALWAYS, "*.jar"));
        Files.writeString(blobs.resolve(kept.getFirst().sha256()), "bad");

        assertThatThrownBy(() -> artifacts.restore(kept, "", new FolderPlace(next)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("blob [0-9a-f]{8} is damaged");
    }

    @Test
    void aZipHoldsAllFiles() throws Exception {
        write("a.txt", "one");
        var kept = new ArrayList<>(collect(true, wanted("out", When.ALWAYS, "*.txt")));
        write("a.txt", "two");
        kept.addAll(
                artifacts.collect(
                        source("test"),
                        List.of(wanted("out", When.ALWAYS, "*.txt")),
                        true,
                        place,
                        UnaryOperator.identity(),
                        warnings::add));
        var out = new ByteArrayOutputStream();

        artifacts.writeZip(kept, out);

        assertThat(unzip(out.toByteArray()))
                .isEqualTo(Map.of("a.txt", "one", "test/out/a.txt", "two"));
    }

    @Test
    void whatCanBeRunCanStillBeRunLaterOn() throws Exception {
        write("bin/serve", "#!/bin/sh");
        write("bin/readme.txt", "run it");
        assertThat(workspace.resolve("bin/serve").toFile().setExecutable(true)).isTrue();
        var out = new ByteArrayOutputStream();

        var kept = collect(true, wanted("bin", When.ALWAYS, "bin/*"));
        artifacts.restore(kept, "", new FolderPlace(next));
        artifacts.writeZip(kept, out);

        assertThat(kept)
                .extracting(Artifact::path, Artifact::executable)
                .containsExactly(tuple("bin/readme.txt", false), tuple("bin/serve", true));
        assertThat(next.resolve("bin/serve")).isExecutable();
        assertThat(Files.isExecutable(next.resolve("bin/readme.txt"))).isFalse();
        var zip =
                ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(out.toByteArray()))
                        .get();
        try (zip) {
            assertThat(zip.getEntry("bin/serve").getUnixMode()).isEqualTo(0100755);
            assertThat(zip.getEntry("bin/readme.txt").getUnixMode()).isEqualTo(0100644);
        }
    }

    @Test
    void anInterruptEndsCollecting() throws Exception {
        write("big.txt", "b".repeat(1_000_000));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> collect(true, wanted("big", When.ALWAYS, "*.txt")))
                .isInstanceOfAny(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(catalog.rows).isEmpty();
    }

    private List<Artifact> collect(boolean succeeded, Plan.Artifact... wanted) throws Exception {
        return artifacts.collect(
                BUILD, List.of(wanted), succeeded, place, UnaryOperator.identity(), warnings::add);
    }

    private static Plan.Artifact wanted(String name, When when, String... paths) {
        return new Plan.Artifact(name, List.of(paths), when, null);
    }

    private static Artifacts.Source source(String job) {
        return new Artifacts.Source(new RunId(1), new JobId(2), new AttemptId(3), job);
    }

    private void write(String path, String text) throws IOException {
        var file = workspace.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<String, String> unzip(byte[] bytes) throws IOException {
        var files = new HashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return files;
    }
}
