package io.headrace.launcher;

import io.headrace.FastStart;
import io.headrace.Options;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Starts the server with all classes on the class path of the JVM, by a jar in the WAR. */
public final class FlatStart {

    private FlatStart() {}

    public static void main(String[] args) throws Exception {
        // The one jar of "java -jar", WEB-INF/headrace.jar, names all others.
        var jar = new File(System.getProperty("java.class.path")).getAbsoluteFile();
        var webapp = Objects.requireNonNull(jar.getParentFile().getParentFile());
        var options =
                Options.parse(
                        args, System.getProperty("headrace.home"), System.getenv("HEADRACE_HOME"));
        if (Rehearsal.isAsked()) {
            Rehearsal.endWithParent();
            Rehearsal.visit(Launcher.start(webapp, options, true).address());
            System.exit(0);
        }
        var cache = System.getProperty(FastStart.CACHE);
        if (cache == null) {
            Launcher.start(webapp, options, true);
            return;
        }
        // However the start ends: if this is run, the JVM did not crash.
        var trial = FastStart.trialOf(new File(cache));
        var hook = new Thread(() -> delete(trial));
        Runtime.getRuntime().addShutdownHook(hook);
        var running = Launcher.start(webapp, options, true);
        delete(trial);
        FastStart.forgetOtherWars(webapp, options.home);
        if (running.idle().isEmpty() || !isUsed(new File(cache))) {
            // Switched off, or of no use: then the next start records another.
            delete(new File(cache));
        }
    }

    /** Returns whether the JVM has accepted the cache; if not, it has started without. */
    private static boolean isUsed(File cache) throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains(cache.getName());
    }

    private static void delete(File file) {
        if (!file.delete() && file.exists()) {
            System.err.println(file + " can't be deleted; delete it.");
        }
    }
}
