package io.headrace.executor.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The content of an image, made of programs of this machine.
 *
 * @param files files of this machine by their path in the image
 * @param links targets by path in the image
 */
record TestImage(Map<String, Path> files, Map<String, String> links) {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    /** Returns a static busybox with links for all its commands. */
    static TestImage busybox() {
        if (!Files.isExecutable(BUSYBOX)) {
            throw new IllegalStateException(
                    "The tests need a static %s; run ./headrace test, which installs it"
                            .formatted(BUSYBOX));
        }
        var links = new TreeMap<String, String>();
        for (var command : output(BUSYBOX.toString(), "--list").lines().toList()) {
            if (!command.equals("busybox")) {
                links.put("bin/" + command, "busybox");
            }
        }
        return new TestImage(Map.of("bin/busybox", BUSYBOX), links);
    }

    /** Returns a busybox without any command that could be found. */
    static TestImage withoutShell() {
        return new TestImage(Map.of("bin/busybox", BUSYBOX), Map.of());
    }

    /** Returns a busybox that has a shell, and no other command that could be found. */
    static TestImage withNothingButAShell() {
        return new TestImage(Map.of("bin/busybox", BUSYBOX), Map.of("bin/sh", "busybox"));
    }

    /** Returns a busybox whose shell is a program of this machine, with the libraries it needs. */
    static TestImage withShell(String shell) {
        return withProgram("bin/sh", shell);
    }

    /** Returns a busybox with this machine's git, which does what needs no second program. */
    static TestImage withGit() {
        return withProgram("bin/git", "/usr/bin/git");
    }

    private static TestImage withProgram(String name, String program) {
        var busybox = busybox();
        var files = new TreeMap<>(busybox.files());
        files.put(name, Path.of(program));
        var library = LIBRARY.matcher(output("ldd", program));
        while (library.find()) {
            files.put(library.group(1).substring(1), Path.of(library.group(1)));
        }
        var links = new TreeMap<>(busybox.links());
        links.remove(name);
        return new TestImage(files, links);
    }

    private static String output(String... words) {
        try {
            var process = new ProcessBuilder(List.of(words)).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] tar() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var directory : List.of("bin/", "etc/", "tmp/", "usr/bin/")) {
                tar.putArchiveEntry(new TarArchiveEntry(directory));
                tar.closeArchiveEntry();
            }
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(Files.size(file.getValue()));
                entry.setMode(0755);
                tar.putArchiveEntry(entry);
                Files.copy(file.getValue(), tar);
                tar.closeArchiveEntry();
            }
            for (var link : links.entrySet()) {
                var entry = new TarArchiveEntry(link.getKey(), TarConstants.LF_SYMLINK);
                entry.setLinkName(link.getValue());
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
