package io.headrace;

import java.io.File;

/** The command line of {@code java -jar headrace.war}. */
public final class Options {

    static final String HELP =
            "Usage: java -jar headrace.war [options]\n"
                    + "       java -jar headrace.war COMMAND [--home DIR]\n"
                    + "\n"
                    + "  --port N        port to listen on, 1 to 65535; 8080 unless given\n"
                    + "  --host ADDRESS  address to listen on; 127.0.0.1 (this machine alone) unless given,\n"
                    + "                  0.0.0.0 for all networks\n"
                    + "  --prefix /PATH  path under which the pages are; / unless given\n"
                    + "  --home DIR      folder that holds everything: database, logs, artifacts, plugins,\n"
                    + "                  secrets; the variable HEADRACE_HOME, or ~/.headrace, unless given\n"
                    + "  --role ROLE     server, or worker: a process that only runs jobs, for a server with\n"
                    + "                  the same PostgreSQL (database.url); its port answers /health alone;\n"
                    + "                  server unless given, or HEADRACE_WORKER_ONLY=true\n"
                    + "  --prepare       make what later starts are fast by, and exit; the first start does\n"
                    + "                  so in the background\n"
                    + "  --version       print the version and exit\n"
                    + "  --help          print this and exit\n"
                    + "\n"
                    + "Commands work on the files of a server: 'help' lists them.\n"
                    + "\n"
                    + "Exit codes: 2 wrong options, 3 it can't start, 4 the port is in use.\n";

    public final File home;
    public final String host;
    public final int port;

    /** Empty, or a path that begins with a slash and does not end with one. */
    public final String prefix;

    /** Whether this process only works. */
    public final boolean worker;

    /** Whether to record what makes later starts fast, and not to start. */
    final boolean prepare;

    final boolean help;
    final boolean version;

    private Options(
            File home,
            String host,
            int port,
            String prefix,
            boolean worker,
            boolean prepare,
            boolean help,
            boolean version) {
        this.home = home;
        this.host = host;
        this.port = port;
        this.prefix = prefix;
        this.worker = worker;
        this.prepare = prepare;
        this.help = help;
        this.version = version;
    }

    /**
     * Reads the command line.
     *
     * @param property the home folder by system property, or null
     * @param variable the home folder by environment variable, or null
     * @throws IllegalArgumentException saying what is wrong and what to do
     */
    public static Options parse(String[] args, String property, String variable) {
        String home = property != null ? property : variable;
        String host = "127.0.0.1";
        int port = 8080;
        String prefix = "";
        boolean worker = "true".equals(System.getenv("HEADRACE_WORKER_ONLY"));
        boolean prepare = false;
        boolean help = false;
        boolean version = false;
        for (int i = 0; i < args.length; i++) {
            String name = args[i];
            String value = null;
            int equals = name.indexOf('=');
            if (equals > 0) {
                value = name.substring(equals + 1);
                name = name.substring(0, equals);
            }
            if (name.equals("--help") || name.equals("-h")) {
                help = true;
                continue;
            }
            if (name.equals("--prepare")) {
                prepare = true;
                continue;
            }
            if (name.equals("--version")) {
                version = true;
                continue;
            }
            if (!name.equals("--port")
                    && !name.equals("--host")
                    && !name.equals("--home")
                    && !name.equals("--role")
                    && !name.equals("--prefix")) {
                throw new IllegalArgumentException(
                        "'" + name + "' is not an option; --help lists those that are.");
            }
            if (value == null && i + 1 < args.length) {
                i++;
                value = args[i];
            }
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException(name + " needs a value; see --help.");
            }
            switch (name) {
                case "--port":
                    port = port(value);
                    break;
                case "--host":
                    host = value;
                    break;
                case "--home":
                    home = value;
                    break;
                case "--role":
                    worker = isWorker(value);
                    break;
                default:
                    prefix = prefix(value);
            }
        }
        return new Options(folder(home), host, port, prefix, worker, prepare, help, version);
    }

    /** Returns the home folder that is meant by {@code home}, which may be null or empty. */
    static File folder(String home) {
        return home == null || home.isEmpty()
                ? new File(System.getProperty("user.home"), ".headrace").getAbsoluteFile()
                : new File(home).getAbsoluteFile();
    }

    private static boolean isWorker(String text) {
        if (text.equals("worker") || text.equals("server")) {
            return text.equals("worker");
        }
        throw new IllegalArgumentException("--role is '" + text + "'; use server or worker.");
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        throw new IllegalArgumentException(
                "--port is '" + text + "'; give a number from 1 to 65535, or 0 for any free port.");
    }

    private static String prefix(String text) {
        if (!text.matches("(/[A-Za-z0-9._~-]+)*/?") || text.contains("/..")) {
            throw new IllegalArgumentException(
                    "--prefix is '"
                            + text
                            + "'; give a path such as /ci, of letters, digits, '.', '_', '~' and '-'.");
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
