package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {

    private @TempDir Path folder;

    @Test
    void theSameContentIsUnpackedOnce() throws IOException {
        var first = Unpacked.of(war("one.war", "a/b.txt", "hello"), cache());
        var mark = Files.createFile(first.toPath().resolve("mark"));

        var second = Unpacked.of(war("two.war", "a/b.txt", "hello"), cache());

        assertThat(second).isEqualTo(first);
        assertThat(mark).exists();
        assertThat(first.toPath().resolve("a/b.txt")).hasContent("hello");
    }

    @Test
    void otherContentGoesIntoAnotherFolder() throws IOException {
        var first = Unpacked.of(war("one.war", "a.txt", "hello"), cache());

        var second = Unpacked.of(war("one.war", "a.txt", "hallo"), cache());

        assertThat(second).isNotEqualTo(first);
        assertThat(second.toPath().resolve("a.txt")).hasContent("hallo");
    }

    @Test
    void aJarNamesAllLibrariesOnceAndOneLibraryToLogBy() throws IOException {
        var war = folder.resolve("full.war");
        try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (var entry :
                    List.of(
                            "WEB-INF/launcher/b.jar",
                            "WEB-INF/launcher/slf4j-api-2.jar",
                            "WEB-INF/launcher/slf4j-jdk14-2.jar",
                            "WEB-INF/lib/a.jar",
                            "WEB-INF/lib/slf4j-api-2.jar",
                            "WEB-INF/plugins/p.zip")) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }

        var jar = ClassPathJar.in(Unpacked.of(war.toFile(), cache()));

        try (var file = new JarFile(jar)) {
            assertThat(file.getManifest().getMainAttributes().getValue("Class-Path"))
                    .isEqualTo("lib/a.jar launcher/b.jar lib/slf4j-api-2.jar");
        }
    }

    @Test
    void anEntryThatLeavesTheFolderIsRefusedAndNothingStays() throws IOException {
        var war = war("evil.war", "../evil.txt", "boo");

        assertThatThrownBy(() -> Unpacked.of(war, cache()))
                .isInstanceOf(IOException.class)
                .hasMessage("The WAR has an entry outside of it: ../evil.txt");
        assertThat(cache()).isEmptyDirectory();
    }

    @Test
    void foldersOfOtherWarsAreForgotten() throws IOException {
        var old = Unpacked.of(war("one.war", "a.txt", "old"), cache());
        var current = Unpacked.of(war("one.war", "a.txt", "new"), cache());

        Unpacked.forgetOthers(current);

        assertThat(old).doesNotExist();
        assertThat(current).isDirectoryContaining("glob:**a.txt");
    }

    private File cache() {
        return folder.resolve("cache").toFile();
    }

    private File war(String name, String entry, String text) throws IOException {
        var file = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file.toFile();
    }
}
