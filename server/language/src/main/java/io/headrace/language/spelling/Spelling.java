package io.headrace.language.spelling;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names that people mistype, and the names that they meant. */
public final class Spelling {

    private static final int MAX_LISTED = 12;

    private Spelling() {}

    /** Returns the known name that {@code typed} most resembles, if it resembles any. */
    public static Optional<String> nearest(String typed, Collection<String> known) {
        if (typed.length() > 60) {
            return Optional.empty();
        }
        var wanted = folded(typed);
        int best = Math.max(1, wanted.length() / 3) + 1;
        String found = null;
        for (var name : known) {
            if (Math.abs(name.length() - typed.length()) >= best) {
                continue;
            }
            int distance = distance(wanted, folded(name));
            if (distance < best) {
                best = distance;
                found = name;
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * Returns {@code did you mean 'x'?} or a list of what there is.
     *
     * @param what the names are called, such as {@code jobs}
     */
    public static String suggestion(String typed, Collection<String> known, String what) {
        return nearest(typed, known)
                .map("did you mean '%s'?"::formatted)
                .orElseGet(() -> listed(known, what));
    }

    /**
     * Likewise, where only some of the known names are worth listing.
     *
     * @param listed those
     */
    public static String suggestion(
            String typed, Collection<String> known, Collection<String> listed, String what) {
        return nearest(typed, known)
                .map("did you mean '%s'?"::formatted)
                .orElseGet(() -> listed(listed, what));
    }

    /** Returns a sorted list of the known names, of which only some are listed if they are many. */
    public static String listed(Collection<String> known, String what) {
        if (known.isEmpty()) {
            return "remove it: there are none";
        }
        var more = known.size() - MAX_LISTED;
        var names = known.stream().sorted().limit(MAX_LISTED).map(name -> "'" + name + "'");
        var all = more > 0 ? Stream.concat(names, Stream.of("%d more".formatted(more))) : names;
        return "%s are %s".formatted(what, all.collect(Collectors.joining(", ")));
    }

    /** Spelling habits such as camel case and dashes do not count as differences. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Counts insertions, deletions, replacements and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : step(a, b, cost, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int[][] cost, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
                Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
