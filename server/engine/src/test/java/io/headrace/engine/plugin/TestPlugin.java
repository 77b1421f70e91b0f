package io.headrace.engine.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.api.Configurable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.pf4j.Extension;
import org.pf4j.processor.ExtensionAnnotationProcessor;
import org.slf4j.Logger;

/**
 * Builds a plugin's zip from sources, with the JDK's compiler and nothing on the class path but
 * what a third party has: the API, PF4J, slf4j and JSpecify, and what {@link #seeing} adds.
 */
public final class TestPlugin {

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<JavaFileObject> sources = new ArrayList<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<Path> classPath = new ArrayList<>();

    public TestPlugin(String id, String version) {
        property("plugin.id", id);
        property("plugin.version", version);
        Stream.of(Configurable.class, Extension.class, Logger.class, NullMarked.class)
                .forEach(this::seeing);
    }

    public TestPlugin property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** Adds a class; {@code name} has its package. */
    public TestPlugin source(String name, String code) {
        sources.add(
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"),
                        JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                });
        return this;
    }

    /** Adds the sources below a folder. */
    public TestPlugin sources(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (var file : tree.filter(one -> one.toString().endsWith(".java")).toList()) {
                var name = folder.relativize(file).toString().replace(File.separatorChar, '.');
                source(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        }
        return this;
    }

    /** Adds a file to the zip, beside the jar. */
    public TestPlugin file(String name, String content) {
        files.put(name, content.getBytes(UTF_8));
        return this;
    }

    /** Puts the jar or folder that {@code type} comes from on the compiler's class path. */
    public TestPlugin seeing(Class<?> type) {
        try {
            return seeing(
                    Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestPlugin seeing(Path jarOrFolder) {
        classPath.add(jarOrFolder);
        return this;
    }

    /** Writes the zip, and returns {@code target}. */
    public Path build(Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (var out = Files.newOutputStream(target)) {
            write(out, contents());
        }
        return target;
    }

    /** Opens the zip. */
    public InputStream open() throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        write(out, contents());
        return new java.io.ByteArrayInputStream(out.toByteArray());
    }

    /** Returns the plugin's jar alone, for others that compile against it. */
    public Path buildJar(Path target) throws IOException {
        return Files.write(target, jar());
    }

    private Map<String, byte[]> contents() throws IOException {
        var contents = new LinkedHashMap<String, byte[]>();
        contents.put(
                PluginManifest.FILE,
                properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining())
                        .getBytes(UTF_8));
        if (!sources.isEmpty()) {
            contents.put("lib/plugin.jar", jar());
        }
        contents.putAll(files);
        return contents;
    }

    private byte[] jar() throws IOException {
        var classes = Files.createTempDirectory("test-plugin-");
        try {
            compile(classes);
            var entries = new LinkedHashMap<String, byte[]>();
            try (var tree = Files.walk(classes)) {
                for (var file : tree.filter(Files::isRegularFile).sorted().toList()) {
                    entries.put(
                            classes.relativize(file).toString().replace(File.separatorChar, '/'),
                            Files.readAllBytes(file));
                }
            }
            var out = new java.io.ByteArrayOutputStream();
            write(out, entries);
            return out.toByteArray();
        } finally {
            PluginFiles.deleteTree(classes);
        }
    }

    private void compile(Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, UTF_8)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            manager.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            var task =
                    compiler.getTask(
                            messages,
                            manager,
                            null,
                            List.of("-proc:full", "-Xlint:-options"),
                            null,
                            sources);
            task.setProcessors(List.of(new ExtensionAnnotationProcessor()));
            if (!task.call()) {
                throw new IllegalArgumentException("The plugin does not compile:\n" + messages);
            }
        }
    }

    /** The same contents give the same bytes. */
    private static void write(OutputStream out, Map<String, byte[]> entries) {
        try (var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                var header = new ZipEntry(entry.getKey());
                header.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
