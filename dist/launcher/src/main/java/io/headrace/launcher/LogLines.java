package io.headrace.launcher;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.jul.JULServiceProvider;

/** How the libraries around the WAR log: one line each, and only what somebody should look at. */
final class LogLines {

    /** Tells, with a stack trace, what we tell in a sentence. Held, or it would be forgotten. */
    private static final Logger CONTEXT =
            Logger.getLogger("org.eclipse.jetty.ee11.webapp.WebAppContext");

    private LogLines() {}

    static void useOneLineEach() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(
                    "java.util.logging.SimpleFormatter.format",
                    "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n");
            Logger.getLogger("").setLevel(Level.WARNING);
            CONTEXT.setLevel(Level.OFF);
        }
    }

    /** Returns where the library is that the server logs by. */
    static URI library() {
        try {
            return JULServiceProvider.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
