package roman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Packs folders into a jar that starts with {@link Main}; the same files give the same bytes. */
public final class Pack {

    private Pack() {}

    public static void main(String[] arguments) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        try (var jar = new JarOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            var first = new ZipEntry("META-INF/MANIFEST.MF");
            first.setTime(0);
            jar.putNextEntry(first);
            manifest.write(jar);
            for (int i = 1; i < arguments.length; i++) {
                add(Path.of(arguments[i]), jar);
            }
        }
    }

    private static void add(Path folder, JarOutputStream jar) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            var entry = new ZipEntry(name);
            entry.setTime(0);
            jar.putNextEntry(entry);
            Files.copy(file, jar);
            System.out.println("  + " + name);
        }
    }
}
