package io.headrace;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A jar in the unpacked WAR that only names the others: {@code java -jar} on it starts the server
 * with all classes on one class path, which is what the AOT cache of the JVM asks for.
 */
final class ClassPathJar {

    private static final String NAME = "WEB-INF/headrace.jar";

    /** The server logs by the library that the WAR brings; two would compete. */
    private static final String OTHER_LOGGING = "slf4j-jdk14-";

    private ClassPathJar() {}

    static File in(File webapp) {
        return new File(webapp, NAME);
    }

    /** Writes it into a folder that holds an unpacked WAR. */
    static void write(Path webapp) throws IOException {
        Path jar = webapp.resolve(NAME);
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "io.headrace.launcher.FlatStart");
        main.put(Attributes.Name.CLASS_PATH, classPath(webapp));
        main.putValue("Enable-Native-Access", "ALL-UNNAMED");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private static String classPath(Path webapp) {
        Map<String, String> jars = new TreeMap<String, String>();
        collect(webapp, "launcher", jars);
        // The same library in both places is listed once.
        collect(webapp, "lib", jars);
        StringBuilder text = new StringBuilder();
        for (String jar : jars.values()) {
            text.append(text.length() == 0 ? "" : " ").append(jar);
        }
        return text.toString();
    }

    private static void collect(Path webapp, String folder, Map<String, String> jars) {
        String[] names = webapp.resolve("WEB-INF").resolve(folder).toFile().list();
        if (names != null) {
            for (String name : names) {
                if (name.endsWith(".jar") && !name.startsWith(OTHER_LOGGING)) {
                    jars.put(name, folder + '/' + name);
                }
            }
        }
    }
}
