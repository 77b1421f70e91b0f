package io.headrace.engine.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginZipTest {

    private static final String GOOD = "plugin.id=a\nplugin.version=1.0.0\n";

    private @TempDir Path folder;

    private void assertRefused(Path zip, String message) {
        assertThatThrownBy(() -> PluginZip.inspect(zip))
                .isInstanceOf(Refused.class)
                .hasMessage(message);
    }

    private Path zip(String manifest, String... names) throws IOException {
        var file = folder.resolve("a.zip");
        try (var zip = new ZipArchiveOutputStream(file)) {
            put(zip, "plugin.properties", manifest);
            for (var name : names) {
                put(zip, name, "x");
            }
        }
        return file;
    }

    private static void put(ZipArchiveOutputStream zip, String name, String content)
            throws IOException {
        // The JDK's writer refuses duplicates; this one writes whatever it is told.
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(content.getBytes(UTF_8));
        zip.closeArchiveEntry();
    }

    @Test
    void whatIsGoodIsExtracted() throws IOException {
        var zip = PluginZip.inspect(zip(GOOD, "lib/b.jar", "classes/p/C$D.class"));

        zip.extract(folder.resolve("out"));

        assertThat(zip.manifest().id()).isEqualTo("a");
        assertThat(folder.resolve("out/lib/b.jar")).hasContent("x");
        assertThat(folder.resolve("out/classes/p/C$D.class")).hasContent("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../x | would lie outside of the plugin; zip it with names below its root",
                "lib/../../x | would lie outside of the plugin; zip it with names below its root",
                "lib/.. | would lie outside of the plugin; zip it with names below its root",
                "/etc/x | is absolute; zip the plugin with names relative to its root",
                "C:/x | is absolute; zip the plugin with names relative to its root",
                "lib//x | has a part that is empty, or ends with a dot or space; rename it",
                "lib/./x | has a part that is empty, or ends with a dot or space; rename it",
                "lib/x. | has a part that is empty, or ends with a dot or space; rename it",
                "lib/nul.jar | has a part that some systems reserve for devices; rename it",
                "lib/..%2fx | has characters other than letters, digits, spaces and ._@+$(),=-/;"
                        + " rename it, or put it into a jar below lib/",
                "lib/x:y | has characters other than letters, digits, spaces and ._@+$(),=-/;"
                        + " rename it, or put it into a jar below lib/",
            })
    void aNameThatCouldLeaveThePluginIsRefused(String name, String problem) throws IOException {
        assertRefused(zip(GOOD, name), "The zip's entry '" + name + "' " + problem + ".");
        assertThat(folder).isDirectoryContaining("glob:**a.zip");
    }

    @Test
    void noTwoNamesMayMeanOneFile() throws IOException {
        assertRefused(
                zip(GOOD, "lib/b.jar", "lib/b.jar"),
                "The zip's entry 'lib/b.jar' is there twice; keep one.");
        assertRefused(
                zip(GOOD, "lib/b.jar", "lib/B.jar"),
                "The zip's entry 'lib/B.jar' differs from 'lib/b.jar' in case only; rename one.");
        assertRefused(
                zip(GOOD, "lib/b.jar", "LIB/c.jar"),
                "The zip's entry 'LIB' differs from 'lib' in case only; rename one.");
        assertRefused(
                zip(GOOD, "lib", "lib/b.jar"),
                "The zip's entry 'lib' is a file and a folder; rename one.");
    }

    @Test
    void aSymbolicLinkIsRefused() throws IOException {
        var file = folder.resolve("a.zip");
        try (var zip = new ZipArchiveOutputStream(file)) {
            put(zip, "plugin.properties", GOOD);
            var link = new ZipArchiveEntry("lib/passwd");
            link.setUnixMode(0120777);
            zip.putArchiveEntry(link);
            zip.write("/etc/passwd".getBytes(UTF_8));
            zip.closeArchiveEntry();
        }

        assertRefused(
                file, "The zip's entry 'lib/passwd' is a link or device; zip plain files only.");
    }

    @Test
    void aBombIsRefusedUnread() throws IOException {
        var file = folder.resolve("a.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("plugin.properties"));
            zip.write(GOOD.getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("lib/b.jar"));
            for (var megabyte = 0; megabyte < 16; megabyte++) {
                zip.write(new byte[1 << 20]);
            }
        }

        assertRefused(
                file,
                "The zip unpacks to too much (up to 512 MB are allowed, and 200 times an entry's"
                        + " packed size); leave out what it does not need.");
    }

    @Test
    void tooManyEntriesAreRefused() throws IOException {
        var file = folder.resolve("a.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry = 0; entry < 10_001; entry++) {
                zip.putNextEntry(new ZipEntry("classes/" + entry));
            }
        }

        assertRefused(
                file, "The zip has 10001 entries; a plugin may have 10000. Put classes into jars.");
    }

    @Test
    void whatIsNoZipIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("a.zip"), "Not found\n".repeat(100));

        assertRefused(
                file,
                "The file is no zip, or it is damaged (zip END header not found); build or download"
                        + " it again.");
    }

    @Test
    void aChangedByteIsNoticed() throws IOException {
        var file = zip(GOOD, "lib/b.jar");
        var zip = PluginZip.inspect(file);
        var bytes = Files.readAllBytes(file);
        var data = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        bytes[data.indexOf("lib/b.jar") + "lib/b.jar".length()] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> zip.extract(folder.resolve("out")))
                .isInstanceOf(Exception.class)
                .satisfies(e ->
                        assertThat(e.getMessage())
                                .matches(
                                        "The file is no zip, or it is damaged \\(.*\\);"
                                                + " build or download it again\\.|The zip"
                                                + " was changed while.*"));
    }

    @Test
    void aZipWithoutDescriptorIsNoPlugin() throws IOException {
        var file = folder.resolve("a.zip");
        try (var zip = new ZipArchiveOutputStream(file)) {
            put(zip, "x", "x");
        }

        assertRefused(
                file,
                "The zip has no plugin.properties at its root, so it is no plugin; add one with at"
                        + " least plugin.id and plugin.version.");
    }

    @Test
    void everythingWrongWithTheDescriptorIsSaidAtOnce() throws IOException {
        var manifest =
                """
                plugin.id=../Evil
                plugin.version=one
                plugin.requires=>=9.0.0
                plugin.dependencies=b@>=1.0.0, c@~x!
                headrace.ui=yes
                """;

        assertRefused(
                zip(manifest),
                "In plugin.properties: plugin.id is '../Evil'; use up to 60 lower-case letters and"
                        + " digits, with single dashes between them; plugin.version is 'one'; use a"
                        + " semantic version such as 1.0.0; headrace.ui is 'yes'; use true or"
                        + " false; plugin.requires is '>=9.0.0', but this server's plugin API is"
                        + " 0.1.0; take a version of the plugin for it, or another server;"
                        + " plugin.dependencies has 'c@~x!'; write id@range, such as"
                        + " git-tools@>=1.0.0, with commas between");
    }

    @Test
    void theApiVersionIsTheOneThatIsBuilt() throws IOException {
        var pom = SamplePlugin.sources().resolve("../../../plugin-api/pom.xml").normalize();

        assertThat(Files.readString(pom))
                .contains("<version>" + PluginManifest.API_VERSION + "-SNAPSHOT</version>");
    }
}
