package io.headrace.engine.plugin;

import static java.util.stream.Collectors.joining;

import io.headrace.engine.Refused;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.Plugin;
import org.pf4j.PluginDependency;

/**
 * What a plugin says of itself in {@code plugin.properties}, checked.
 *
 * @param main the class with the plugin's life cycle; PF4J's own where it names none
 * @param dependencies on other plugins
 * @param ui whether it brings pages, and so needs to see Vaadin
 */
record PluginManifest(
        String id,
        String version,
        String main,
        String description,
        String provider,
        String license,
        String requires,
        List<PluginDependency> dependencies,
        boolean ui) {

    /** The version of {@code io.headrace.api} that {@code plugin.requires} is held against. */
    static final String API_VERSION = "0.1.0";

    static final String FILE = "plugin.properties";

    private static final int MAX_ID = 60;
    private static final int MAX_TEXT = 500;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VERSION =
            Pattern.compile(
                    "(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})"
                            + "(-[0-9A-Za-z-]{1,50}(\\.[0-9A-Za-z-]{1,50}){0,9})?"
                            + "(\\+[0-9A-Za-z-]{1,50}(\\.[0-9A-Za-z-]{1,50}){0,9})?");
    private static final DefaultVersionManager VERSIONS = new DefaultVersionManager();

    /**
     * Reads and checks a descriptor.
     *
     * @throws Refused naming everything that is wrong with it
     */
    static PluginManifest read(Reader reader) throws IOException {
        var properties = new Properties();
        try {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(
                    FILE + " can't be read: " + e.getMessage() + "; write it as key=value lines");
        }
        var problems = new ArrayList<String>();
        var id = text(properties, "plugin.id", problems);
        if (!ID.matcher(id).matches() || id.length() > MAX_ID) {
            problems.add(
                    ("plugin.id is '%s'; use up to %d lower-case letters and digits, with single"
                                    + " dashes between them")
                            .formatted(id, MAX_ID));
        }
        var version = text(properties, "plugin.version", problems);
        if (!VERSION.matcher(version).matches()) {
            problems.add(
                    "plugin.version is '%s'; use a semantic version such as 1.0.0"
                            .formatted(version));
        }
        var ui = text(properties, "headrace.ui", problems);
        if (!Stream.of("", "true", "false").toList().contains(ui)) {
            problems.add("headrace.ui is '%s'; use true or false".formatted(ui));
        }
        var requires = text(properties, "plugin.requires", problems);
        checkRequires(requires, problems);
        var main = text(properties, "plugin.class", problems);
        var manifest =
                new PluginManifest(
                        id,
                        version,
                        main.isEmpty() ? Plugin.class.getName() : main,
                        text(properties, "plugin.description", problems),
                        text(properties, "plugin.provider", problems),
                        text(properties, "plugin.license", problems),
                        requires,
                        dependencies(text(properties, "plugin.dependencies", problems), problems),
                        ui.equals("true"));
        if (!problems.isEmpty()) {
            throw Refused.invalid(
                    problems.stream().collect(joining("; ", "In " + FILE + ": ", "")));
        }
        return manifest;
    }

    private static String text(Properties properties, String key, List<String> problems) {
        var text = properties.getProperty(key, "").strip();
        if (text.length() > MAX_TEXT) {
            problems.add(
                    "%s has %d characters; use up to %d".formatted(key, text.length(), MAX_TEXT));
            return "";
        }
        return text;
    }

    private static void checkRequires(String requires, List<String> problems) {
        try {
            if (!satisfies(API_VERSION, requires)) {
                problems.add(
                        ("plugin.requires is '%s', but this server's plugin API is %s; take a"
                                        + " version of the plugin for it, or another server")
                                .formatted(requires, API_VERSION));
            }
        } catch (IllegalArgumentException _) {
            problems.add(
                    "plugin.requires is '%s'; use a range of versions such as >=%s"
                            .formatted(requires, API_VERSION));
        }
    }

    private static List<PluginDependency> dependencies(String text, List<String> problems) {
        var dependencies = new ArrayList<PluginDependency>();
        for (var part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            var dependency = new PluginDependency(part.strip());
            if (!ID.matcher(dependency.getPluginId()).matches()
                    || !isRange(dependency.getPluginVersionSupport())) {
                problems.add(
                        ("plugin.dependencies has '%s'; write id@range, such as"
                                        + " git-tools@>=1.0.0, with commas between")
                                .formatted(part.strip()));
            }
            dependencies.add(dependency);
        }
        return List.copyOf(dependencies);
    }

    private static boolean isRange(String range) {
        try {
            satisfies("0.0.0", range);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /**
     * Returns whether {@code version} lies in {@code range}; a plain version means that or newer.
     *
     * @throws IllegalArgumentException if {@code range} is none
     */
    static boolean satisfies(String version, String range) {
        var expression = VERSION.matcher(range).matches() ? ">=" + range : range;
        try {
            return VERSIONS.checkVersionConstraint(version, expression);
        } catch (RuntimeException e) {
            // PF4J's parser has exceptions of several kinds, none of which is documented.
            throw new IllegalArgumentException("Not a range of versions: " + range, e);
        }
    }

    /** Compares semantic versions as {@link java.util.Comparator} does. */
    static int compareVersions(String one, String other) {
        return VERSIONS.compareVersions(one, other);
    }

    /** Returns this as PF4J wants it. */
    DefaultPluginDescriptor descriptor() {
        var descriptor =
                new DefaultPluginDescriptor(
                        id, description, main, version, requires, provider, license);
        dependencies.forEach(descriptor::addDependency);
        return descriptor;
    }
}
