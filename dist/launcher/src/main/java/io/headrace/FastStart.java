package io.headrace;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How this server starts faster: with an AOT cache of the JVM, recorded before for the same WAR,
 * the same JVM and the same options of it, in a process that replaces this one.
 */
public final class FastStart {

    /** Names, in the process that replaces the first, the cache that it was started with. */
    public static final String CACHE = "headrace.start-cache";

    /** {@code off} means that no cache is used or recorded. */
    public static final String PROPERTY = "headrace.fast-start";

    /** Counts, as the first option of a process that replaced the first, those that we added. */
    private static final String ADDED = "-Dheadrace.added-options=";

    /** A cache that does not fit is no news; options of the user, which follow, may say it is. */
    private static final List<String> QUIET = Arrays.asList("-Xlog:aot*=off", "-Xlog:cds*=off");

    private static final String FOLDER = "cache/start";

    /**
     * What must not be begun twice in a process, or what the user says about caches himself. A file
     * of options may hold any of them.
     */
    private static final String[] NOT_TWICE = {
        "@",
        "-agent",
        "-javaagent",
        "-Xrun",
        "-Xdebug",
        "-Xshare",
        "-XX:AOT",
        "-XX:SharedArchiveFile",
        "-XX:VMOptionsFile",
        "-XX:Flags=",
        "-XX:StartFlightRecording",
        "-XX:+FlightRecorder",
        "-Dcom.sun.management.",
    };

    /** What has no influence on what the cache holds. */
    private static final String[] NO_MATTER = {
        "-D", "-Xlog", "-XX:OnOutOfMemoryError", "-XX:OnError", "-XX:HeapDumpPath", "-XX:ErrorFile"
    };

    private static final String[] VARIABLES = {
        "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"
    };

    private final File jar;
    private final List<String> options;
    private final List<String> ours;
    private final boolean oursAreGiven;
    private final File cache;

    private FastStart(
            File jar, List<String> options, List<String> ours, boolean oursAreGiven, File cache) {
        this.jar = jar;
        this.options = options;
        this.ours = ours;
        this.oursAreGiven = oursAreGiven;
        this.cache = cache;
    }

    /**
     * Returns how the process that was begun with {@code args} would start faster, or null if it
     * can't.
     *
     * @param webapp the unpacked WAR
     */
    public static FastStart of(File webapp, File home, String[] args) {
        List<String> command = commandLine();
        int jar = command.size() - args.length - 2;
        if ("off".equals(System.getProperty(PROPERTY))
                || jar < 1
                || !command.get(jar).equals("-jar")
                || !command.subList(jar + 2, command.size()).equals(Arrays.asList(args))
                || !ClassPathJar.in(webapp).isFile()) {
            return null;
        }
        List<String> options = new ArrayList<String>(command.subList(1, jar));
        int added = added(options);
        options.subList(0, added).clear();
        List<String> all = new ArrayList<String>(options);
        for (String name : VARIABLES) {
            String value = System.getenv(name);
            if (value != null) {
                all.addAll(Arrays.asList(value.trim().split("\\s+")));
            }
        }
        StringBuilder what = new StringBuilder();
        what.append(System.getProperty("java.vm.version")).append('\n');
        what.append(System.getProperty("java.home")).append('\n');
        for (String option : all) {
            if (startsWith(NOT_TWICE, option)) {
                return null;
            }
            if (!startsWith(NO_MATTER, option)) {
                what.append(option).append('\n');
            }
        }
        String name;
        try {
            name = webapp.getName() + '-' + Unpacked.shortHash(what.toString());
        } catch (IOException e) {
            return null;
        }
        return new FastStart(
                ClassPathJar.in(webapp),
                options,
                JvmOptions.besides(all),
                added > 0,
                new File(new File(home, FOLDER), name + ".aot"));
    }

    /** Returns how many options at the begin are ours, the one that counts them included. */
    private static int added(List<String> options) {
        if (options.isEmpty() || !options.get(0).startsWith(ADDED)) {
            return 0;
        }
        int count = 1 + Integer.parseInt(options.get(0).substring(ADDED.length()));
        return Math.min(count, options.size());
    }

    /** Returns the words by which this process was started; none where that can't be told. */
    private static List<String> commandLine() {
        try {
            byte[] bytes = Files.readAllBytes(new File("/proc/self/cmdline").toPath());
            String text = new String(bytes, Charset.defaultCharset());
            List<String> words = Arrays.asList(text.split("\0", -1));
            return words.subList(0, words.size() - 1);
        } catch (IOException e) {
            // Another system than Linux: it starts as it always did.
            return Collections.emptyList();
        }
    }

    private static boolean startsWith(String[] prefixes, String option) {
        for (String prefix : prefixes) {
            if (option.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Returns where the cache is or is to be. */
    public File cache() {
        return cache;
    }

    /**
     * Returns whether there is a cache that can be tried. One with which a start did not come to
     * its end is deleted: it may be damaged.
     */
    boolean isRecorded() throws IOException {
        if (trial().exists()) {
            forget();
        }
        return cache.isFile();
    }

    /** Remembers that the cache is being tried. */
    void beginTrial() throws IOException {
        Files.write(trial().toPath(), new byte[0]);
    }

    /** Remembers that the trial has come to an end. */
    void endTrial() throws IOException {
        Files.deleteIfExists(trial().toPath());
    }

    private File trial() {
        return trialOf(cache);
    }

    /** Returns the file that exists while a start with {@code cache} is under way. */
    public static File trialOf(File cache) {
        return new File(cache.getPath() + ".tried");
    }

    /** Deletes the cache. */
    public void forget() throws IOException {
        Files.deleteIfExists(cache.toPath());
        Files.deleteIfExists(trial().toPath());
    }

    /** Deletes the caches of other WARs. */
    public static void forgetOtherWars(File webapp, File home) throws IOException {
        File[] caches = new File(home, FOLDER).listFiles();
        if (caches != null) {
            for (File cache : caches) {
                if (!cache.getName().startsWith(webapp.getName())) {
                    Unpacked.delete(cache.toPath());
                }
            }
        }
    }

    /** Deletes the caches of other WARs, JVMs and options, and recordings that were cut off. */
    public void forgetOthers() throws IOException {
        File[] others = cache.getParentFile().listFiles();
        if (others != null) {
            for (File other : others) {
                if (!other.getName().startsWith(cache.getName())) {
                    Unpacked.delete(other.toPath());
                }
            }
        }
    }

    /** Returns the command that starts the server with the cache. */
    String[] command(String[] args) {
        List<String> more = new ArrayList<String>();
        more.addAll(QUIET);
        more.add("-XX:AOTCache=" + cache);
        more.add("-D" + CACHE + "=" + cache);
        return command(more, options, args).toArray(new String[0]);
    }

    /** Returns whether this process has the options that suit a small server. */
    boolean hasOptions() {
        return oursAreGiven || ours.isEmpty();
    }

    /** Returns the command that starts the server with these options, and no cache. */
    String[] commandWithOptions(File war, String[] args) {
        List<String> command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add(ADDED + ours.size());
        command.addAll(ours);
        command.addAll(options);
        command.add("-jar");
        command.add(war.getPath());
        command.addAll(Arrays.asList(args));
        return command.toArray(new String[0]);
    }

    /**
     * Returns a command that runs the server for a recording.
     *
     * @param more options of the JVM
     */
    public List<String> recordingCommand(List<String> more, String... args) {
        List<String> same = new ArrayList<String>(QUIET);
        for (String option : options) {
            if (!startsWith(NO_MATTER, option)) {
                same.add(option);
            }
        }
        return command(more, same, args);
    }

    private List<String> command(List<String> more, List<String> options, String[] args) {
        List<String> command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(ours);
        command.addAll(more);
        command.addAll(options);
        command.add("-jar");
        command.add(jar.getPath());
        command.addAll(Arrays.asList(args));
        return command;
    }
}
