package io.headrace.engine.plugin;

import io.headrace.engine.Refused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the names of a zip's entries, one after the other: each must mean one file below the root
 * on every file system, and no two the same one.
 */
final class ZipNames {

    private static final int MAX_NAME = 250;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._@+$(),=\\- /]+");
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private final Map<String, String> names = new HashMap<>();
    private final Set<String> folders = new HashSet<>();
    private final Set<String> files = new HashSet<>();

    /**
     * Adds the name of an entry; one that ends with a slash is a folder.
     *
     * @throws Refused saying what is wrong with the name
     */
    void add(String name) {
        var problem = problemWith(name);
        if (problem != null) {
            throw refused(name, problem);
        }
        var folder = name.endsWith("/");
        var plain = folder ? name.substring(0, name.length() - 1) : name;
        var folded = plain.toLowerCase(Locale.ROOT);
        var earlier = names.put(folded, plain);
        if (earlier != null && !(folder && earlier.equals(plain))) {
            throw refused(
                    name,
                    earlier.equals(plain)
                            ? "is there twice; keep one"
                            : "differs from '%s' in case only; rename one".formatted(earlier));
        }
        if (!folder && (!files.add(folded) || folders.contains(folded))) {
            throw refused(name, "is a file and a folder; rename one");
        }
        for (var slash = folded.indexOf('/'); slash > 0; slash = folded.indexOf('/', slash + 1)) {
            var parent = folded.substring(0, slash);
            folders.add(parent);
            if (files.contains(parent)) {
                throw refused(plain.substring(0, slash), "is a file and a folder; rename one");
            }
            var spelling = names.putIfAbsent(parent, plain.substring(0, slash));
            if (spelling != null && !spelling.equals(plain.substring(0, slash))) {
                throw refused(
                        plain.substring(0, slash),
                        "differs from '%s' in case only; rename one".formatted(spelling));
            }
        }
    }

    private static @Nullable String problemWith(String name) {
        if (name.isEmpty()) {
            return "has no name; build the zip again";
        }
        if (name.length() > MAX_NAME) {
            return "has more than " + MAX_NAME + " characters; shorten it";
        }
        if (name.startsWith("/") || name.startsWith("\\") || name.matches("[A-Za-z]:.*")) {
            return "is absolute; zip the plugin with names relative to its root";
        }
        if (name.contains("..")
                && Pattern.compile("(^|[/\\\\])\\.\\.([/\\\\]|$)").matcher(name).find()) {
            return "would lie outside of the plugin; zip it with names below its root";
        }
        if (!PLAIN.matcher(name).matches()) {
            return "has characters other than letters, digits, spaces and ._@+$(),=-/; rename it, or"
                    + " put it into a jar below lib/";
        }
        var plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        for (var part : plain.split("/", -1)) {
            if (part.isBlank() || part.endsWith(".") || part.endsWith(" ")) {
                return "has a part that is empty, or ends with a dot or space; rename it";
            }
            if (RESERVED.matcher(part).matches()) {
                return "has a part that some systems reserve for devices; rename it";
            }
        }
        return null;
    }

    private static Refused refused(String name, String problem) {
        return Refused.invalid("The zip's entry '%s' %s.".formatted(shown(name), problem));
    }

    /** Returns {@code name} fit for a message: it may hold anything. */
    static String shown(String name) {
        var plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }
}
