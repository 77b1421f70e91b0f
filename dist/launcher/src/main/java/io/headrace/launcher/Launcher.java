package io.headrace.launcher;

import java.io.File;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ClassMatcher;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Starts the unpacked WAR in a Jetty, and stops it when the process is asked to end. */
public final class Launcher {

    private static final int CANNOT_START = 3;
    private static final int PORT_IN_USE = 4;

    /** How long requests under way may take when the server ends; open pages always use it up. */
    private static final long GRACE_MILLIS = TimeUnit.SECONDS.toMillis(3);

    /** Jars in which annotated classes are looked for; all others are only made of libraries. */
    private static final String SCANNED_JARS = ".*/(headrace-[^/]*|vaadin-[^/]*|flow-[^/]*)\\.jar$";

    private Launcher() {}

    /**
     * Starts the server and returns when it serves requests. Ends the process, with a sentence on
     * standard error, if it can't.
     *
     * @param webapp the unpacked WAR
     * @param home where everything is kept
     * @param host address to listen on
     * @param port 0 means any free one
     * @param prefix empty, or a path without a slash at its end
     */
    public static void start(File webapp, File home, String host, int port, String prefix)
            throws Exception {
        System.setProperty("headrace.home", home.getPath());
        System.setProperty("derby.system.home", home.getPath());
        LogLines.useOneLineEach();

        var server = new Server(threads());
        var connector = new ServerConnector(server, 1, 1, http());
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        try {
            connector.open();
        } catch (java.io.IOException e) {
            fail(
                    PORT_IN_USE,
                    e instanceof BindException || e.getCause() instanceof BindException
                            ? "Headrace can't listen on %s:%d: %s. Choose another port with --port, or another address with --host."
                                    .formatted(host, port, reason(e))
                            : "Headrace can't listen on %s:%d: %s".formatted(host, port, e));
        }
        var address = address(host, connector.getLocalPort(), prefix);
        System.setProperty("headrace.address", address);
        server.setHandler(context(webapp, home, prefix));
        server.setStopTimeout(GRACE_MILLIS);
        server.setStopAtShutdown(true);
        try {
            server.start();
        } catch (Exception e) {
            var message = messageForPeople(e);
            if (message == null) {
                throw e;
            }
            fail(CANNOT_START, message);
        }
        System.out.println("Headrace is ready at " + address);
    }

    private static QueuedThreadPool threads() {
        var threads = new QueuedThreadPool(64, 4);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        return threads;
    }

    private static HttpConnectionFactory http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.DEFAULT);
        return new HttpConnectionFactory(http);
    }

    private static WebAppContext context(File webapp, File home, String prefix) {
        var context = new WebAppContext();
        context.setContextPath(prefix.isEmpty() ? "/" : prefix);
        context.setBaseResource(ResourceFactory.of(context).newResource(webapp.toPath()));
        context.setTempDirectory(new File(home, "cache/jetty"));
        context.setAttribute(
                "org.eclipse.jetty.server.webapp.WebInfIncludeJarPattern", SCANNED_JARS);
        context.setThrowUnavailableOnStartupException(true);
        // The WAR brings its own logging; that of the server must not offer itself there as well.
        context.addHiddenClassMatcher(new ClassMatcher(LogLines.library().toString()));
        return context;
    }

    private static String address(String host, int port, String prefix) {
        var all = host.equals("0.0.0.0") || host.equals("::") || host.equals("127.0.0.1");
        var name = all ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port + prefix;
    }

    private static String reason(Throwable e) {
        var bind = e instanceof BindException ? e : e.getCause();
        var text = bind == null ? null : bind.getMessage();
        return text == null
                ? "the port is in use"
                : text.contains("in use") ? "the port is in use" : text;
    }

    /** The WAR's own class says what the operator can do; any other throwable is for developers. */
    private static @Nullable String messageForPeople(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().equals("io.headrace.ui.CannotStart")) {
                return cause.getMessage();
            }
        }
        return null;
    }

    private static void fail(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
