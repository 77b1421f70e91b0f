package io.headrace.launcher;

import io.headrace.Options;
import java.io.File;
import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

    /** By this attribute the WAR tells whether it is idle. */
    private static final String IDLE = "io.headrace.idle";

    private Launcher() {}

    /**
     * A server that serves requests.
     *
     * @param address with the port that it listens on, and the prefix
     * @param idle whether nothing runs that a recording would slow down; absent if nothing shall be
     *     recorded
     */
    record Running(String address, Optional<BooleanSupplier> idle) {}

    /**
     * Starts the server and returns when it serves requests. Ends the process, with a sentence on
     * standard error, if it can't.
     *
     * @param webapp the unpacked WAR
     * @param flat whether the class path of the JVM holds the classes of the WAR
     */
    static Running start(File webapp, Options options, boolean flat) throws Exception {
        var home = options.home;
        var host = options.host;
        var port = options.port;
        var prefix = options.prefix;
        System.setProperty("headrace.home", home.getPath());
        System.setProperty("derby.system.home", home.getPath());
        LogLines.useOneLineEach();

        var server = new Server(threads());
        var connector = connector(server, host, port);
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
        var context = context(webapp, home, prefix, flat);
        serve(server, context);
        server.setStopTimeout(GRACE_MILLIS);
        try {
            server.start();
            // Not before: a start that fails ends the process, and what is starting can't be
            // stopped.
            server.setStopAtShutdown(true);
        } catch (Exception e) {
            var message = messageForPeople(e);
            if (message == null) {
                throw e;
            }
            fail(CANNOT_START, message);
        }
        System.out.println("Headrace is ready at " + address);
        return new Running(
                address,
                Optional.ofNullable(
                        (BooleanSupplier) context.getServletContext().getAttribute(IDLE)));
    }

    static ServerConnector connector(Server server, String host, int port) {
        var connector = new ServerConnector(server, 1, 1, http());
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        return connector;
    }

    /** What goes wrong before the context, and in it, is answered in the same way. */
    static void serve(Server server, WebAppContext context) {
        var path = context.getContextPath();
        var errors = new Errors(path.equals("/") ? "" : path);
        server.setErrorHandler(errors);
        context.setErrorHandler(errors);
        server.setHandler(context);
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

    static WebAppContext context(File webapp, File home, String prefix, boolean flat) {
        var context = flat ? new FlatContext() : new WebAppContext();
        context.setContextPath(prefix.isEmpty() ? "/" : prefix);
        context.setBaseResource(ResourceFactory.of(context).newResource(webapp.toPath()));
        context.setTempDirectory(new File(home, "cache/jetty"));
        context.setAttribute(
                "org.eclipse.jetty.server.webapp.WebInfIncludeJarPattern", SCANNED_JARS);
        context.setThrowUnavailableOnStartupException(true);
        if (!flat) {
            // The WAR brings its own logging; that of the server must not offer itself there too.
            context.addHiddenClassMatcher(new ClassMatcher(LogLines.library().toString()));
        }
        return context;
    }

    /** A context whose classes are those of the server. */
    private static final class FlatContext extends WebAppContext {

        @Override
        protected ClassLoader configureClassLoader(@Nullable ClassLoader given) {
            return Launcher.class.getClassLoader();
        }
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
