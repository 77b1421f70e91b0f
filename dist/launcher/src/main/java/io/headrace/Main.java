package io.headrace;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code java -jar headrace.war} starts. It is compiled for Java 8 and uses nothing newer, so
 * that an old JVM can say what it lacks; the server itself is loaded from the unpacked WAR.
 */
public final class Main {

    /** The oldest Java that the server runs on. */
    static final int JAVA = 25;

    /** A wrong command line. */
    static final int USAGE = 2;

    /** The server can't be started: the operator's to fix. */
    static final int CANNOT_START = 3;

    private Main() {}

    public static void main(String[] args) throws Exception {
        String wrong =
                wrongJava(
                        System.getProperty("java.specification.version"),
                        System.getProperty("java.home"));
        if (wrong != null) {
            fail(CANNOT_START, wrong);
        }
        if (args.length > 0 && !args[0].startsWith("-")) {
            operate(args);
            return;
        }
        Options options;
        try {
            options =
                    Options.parse(
                            args,
                            System.getProperty("headrace.home"),
                            System.getenv("HEADRACE_HOME"));
        } catch (IllegalArgumentException e) {
            fail(USAGE, e.getMessage());
            return;
        }
        if (options.help) {
            System.out.print(Options.HELP);
        } else if (options.version) {
            System.out.println("headrace " + Main.class.getPackage().getImplementationVersion());
        } else {
            start(options, args);
        }
    }

    /** Returns what to tell somebody whose Java is too old, or null. */
    static String wrongJava(String version, String home) {
        int major =
                version.startsWith("1.")
                        ? Integer.parseInt(version.substring(2))
                        : Integer.parseInt(version);
        return major >= JAVA
                ? null
                : "Headrace needs Java "
                        + JAVA
                        + ": this is Java "
                        + major
                        + " in "
                        + home
                        + ". Install Java "
                        + JAVA
                        + " and start Headrace with its 'java'.";
    }

    /** Does something with the files of a server, and starts none. */
    private static void operate(String[] args) throws Exception {
        Command command;
        try {
            command =
                    Command.parse(
                            args,
                            System.getProperty("headrace.home"),
                            System.getenv("HEADRACE_HOME"));
        } catch (IllegalArgumentException e) {
            fail(USAGE, e.getMessage());
            return;
        }
        System.setProperty("headrace.home", command.home.getPath());
        File webapp = unpacked(command.home);
        ClassLoader loader =
                new URLClassLoader(
                        jars(new File(webapp, "WEB-INF/lib")),
                        ClassLoader.getSystemClassLoader().getParent());
        Thread.currentThread().setContextClassLoader(loader);
        Object code =
                invoke(loader, "io.headrace.operator.Operator", "run", (Object) command.words);
        System.exit((Integer) code);
    }

    private static File unpacked(File home) throws URISyntaxException {
        try {
            return Unpacked.of(war(), new File(home, "cache/war"));
        } catch (IOException e) {
            fail(
                    CANNOT_START,
                    "Headrace can't unpack itself into "
                            + home
                            + ": "
                            + e
                            + ". Make room there, or choose another folder with --home.");
            throw new IllegalStateException(e);
        }
    }

    private static void start(Options options, String[] args) throws Exception {
        File webapp = unpacked(options.home);
        if (options.worker && !options.prepare) {
            work(options, webapp);
            return;
        }
        ClassLoader loader =
                new URLClassLoader(
                        jars(new File(webapp, "WEB-INF/launcher")),
                        ClassLoader.getSystemClassLoader().getParent());
        Thread.currentThread().setContextClassLoader(loader);
        if (options.prepare) {
            prepare(loader, webapp, args);
            return;
        }
        startFast(loader, FastStart.of(webapp, options.home, args), args);
        call(loader, "InProcessStart", "start", webapp, args);
        Unpacked.forgetOthers(webapp);
        FastStart.forgetOtherWars(webapp, options.home);
    }

    /** Starts a process that only works: no pages, so neither Jetty nor what serves them. */
    private static void work(Options options, File webapp) throws Exception {
        List<URL> urls = new ArrayList<URL>();
        urls.add(new File(webapp, "WEB-INF/classes").toURI().toURL());
        urls.addAll(Arrays.asList(jars(new File(webapp, "WEB-INF/lib"))));
        ClassLoader loader =
                new URLClassLoader(
                        urls.toArray(new URL[0]), ClassLoader.getSystemClassLoader().getParent());
        Thread.currentThread().setContextClassLoader(loader);
        System.setProperty("headrace.home", options.home.getPath());
        String problem =
                (String)
                        Class.forName("io.headrace.ui.WorkerProcess", true, loader)
                                .getMethod("start", File.class, File.class, String.class, int.class)
                                .invoke(null, webapp, options.home, options.host, options.port);
        if (problem != null) {
            fail(CANNOT_START, problem);
        }
    }

    /** Returns only if this process has all that it can have. */
    private static void startFast(ClassLoader loader, FastStart fast, String[] args) {
        try {
            if (fast != null && fast.isRecorded()) {
                fast.beginTrial();
                call(loader, "Exec", "run", new Object[] {fast.command(args)});
                fast.endTrial();
            }
            if (fast != null && !fast.hasOptions()) {
                call(loader, "Exec", "run", new Object[] {fast.commandWithOptions(war(), args)});
            }
        } catch (Exception e) {
            System.err.println("Headrace can't start in the fast way, and starts as ever: " + e);
        }
    }

    private static void prepare(ClassLoader loader, File webapp, String[] args) throws Exception {
        System.out.println("Recording a start, which takes about half a minute");
        Object problem = call(loader, "InProcessStart", "prepare", webapp, args);
        if (problem != null) {
            fail(CANNOT_START, "Headrace can't prepare fast starts: " + problem);
        }
        System.out.println("Later starts of this WAR, with the same options of the JVM, are fast");
    }

    private static Object call(ClassLoader loader, String type, String method, Object... args)
            throws Exception {
        return invoke(loader, "io.headrace.launcher." + type, method, args);
    }

    private static Object invoke(ClassLoader loader, String type, String method, Object... args)
            throws Exception {
        Class<?>[] types = new Class<?>[args.length];
        for (int i = 0; i < args.length; i++) {
            types[i] = args[i].getClass();
        }
        try {
            return Class.forName(type, true, loader).getMethod(method, types).invoke(null, args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw e;
        }
    }

    private static File war() throws URISyntaxException {
        return new File(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static URL[] jars(File folder) throws MalformedURLException {
        File[] files = folder.listFiles();
        List<URL> urls = new ArrayList<URL>();
        if (files != null) {
            Arrays.sort(files);
            for (File file : files) {
                // Ours first: what replaces this process is in it, and the others need no look.
                urls.add(
                        file.getName().startsWith("headrace-") ? 0 : urls.size(),
                        file.toURI().toURL());
            }
        }
        return urls.toArray(new URL[0]);
    }

    private static void fail(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
