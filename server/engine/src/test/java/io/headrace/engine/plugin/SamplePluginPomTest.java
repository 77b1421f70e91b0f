package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Configurable;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample's own pom.xml builds it, given the API's jar and Maven Central. */
class SamplePluginPomTest {

    private @TempDir Path folder;

    @Test
    void mavenBuildsAPluginThatCanBeInstalled() throws Exception {
        var project = folder.resolve("project");
        copy(SamplePlugin.sources(), project);
        var log = folder.resolve("maven.log");

        var maven =
                new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-q",
                        "-Dmaven.repo.local=" + repositoryWithApi(),
                        "package");
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var exitCode =
                maven.directory(project.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();

        assertThat(exitCode).as(() -> read(log)).isZero();
        var zip = PluginZip.inspect(project.resolve("target/greetings-1.0.0.zip"));
        zip.extract(folder.resolve("unpacked"));
        assertThat(zip.manifest().id()).isEqualTo("greetings");
        assertThat(folder.resolve("unpacked/lib"))
                .isDirectoryContaining("glob:**/greetings-1.0.0.jar");
        try (var libraries = Files.list(folder.resolve("unpacked/lib"))) {
            assertThat(libraries).hasSize(1);
        }
    }

    /**
     * Makes a repository that has all that the user's has, by links, and the API of this build. So
     * nothing is installed where other builds would find it.
     */
    private Path repositoryWithApi() throws IOException, URISyntaxException {
        var users =
                Path.of(
                        System.getProperty(
                                "maven.repo.local",
                                System.getProperty("user.home") + "/.m2/repository"));
        var repository = Files.createDirectories(folder.resolve("repository"));
        linkAllBut(users, repository, "io");
        var io = Files.createDirectory(repository.resolve("io"));
        linkAllBut(users.resolve("io"), io, "headrace");
        var version = PluginManifest.API_VERSION + "-SNAPSHOT";
        var api =
                Files.createDirectories(
                        io.resolve("headrace/headrace-plugin-api").resolve(version));
        var name = "headrace-plugin-api-" + version;
        jarOfApi(api.resolve(name + ".jar"));
        Files.writeString(
                api.resolve(name + ".pom"),
                """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>io.headrace</groupId>
                  <artifactId>headrace-plugin-api</artifactId>
                  <version>%s</version>
                </project>
                """
                        .formatted(version));
        return repository;
    }

    private static void linkAllBut(Path from, Path to, String left) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (var children = Files.list(from)) {
            for (var child : children.filter(one -> !one.endsWith(left)).toList()) {
                Files.createSymbolicLink(to.resolve(child.getFileName()), child.toRealPath());
            }
        }
    }

    private static void jarOfApi(Path target) throws IOException, URISyntaxException {
        var built =
                Path.of(
                        Configurable.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        if (Files.isRegularFile(built)) {
            Files.copy(built, target);
            return;
        }
        try (var jar = new JarOutputStream(Files.newOutputStream(target));
                var tree = Files.walk(built)) {
            for (var file : tree.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(
                        new JarEntry(
                                built.relativize(file)
                                        .toString()
                                        .replace(File.separatorChar, '/')));
                Files.copy(file, jar);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var tree = Files.walk(from)) {
            for (var file : tree.filter(one -> !one.startsWith(from.resolve("target"))).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
