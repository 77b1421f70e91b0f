package io.headrace.launcher;

import io.headrace.FastStart;
import io.headrace.Options;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code io.headrace.Main} calls in a class loader that holds what is in this jar's folder.
 */
public final class InProcessStart {

    private InProcessStart() {}

    /**
     * Starts the server in this process, and records in the background what makes later starts
     * faster.
     *
     * @param webapp the unpacked WAR
     * @param args of the command line
     */
    public static void start(File webapp, String[] args) throws Exception {
        var options = options(args);
        var running = Launcher.start(webapp, options, false);
        var fast = FastStart.of(webapp, options.home, args);
        if (fast != null) {
            running.idle().ifPresent(idle -> new Recording(fast, true).makeWhen(idle));
        }
    }

    /**
     * Records what makes later starts faster, and returns when it is done.
     *
     * @param webapp the unpacked WAR
     * @param args of the command line
     * @return null, or why it can't be done
     */
    public static @Nullable String prepare(File webapp, String[] args) throws InterruptedException {
        var fast = FastStart.of(webapp, options(args).home, args);
        if (fast == null) {
            return "it needs Linux, no agents, no files of options and no other AOT cache";
        }
        try {
            new Recording(fast, false).make();
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static Options options(String[] args) {
        return Options.parse(
                args, System.getProperty("headrace.home"), System.getenv("HEADRACE_HOME"));
    }
}
