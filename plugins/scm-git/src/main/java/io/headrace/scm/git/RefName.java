package io.headrace.scm.git;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The rules of git-check-ref-format(1), and what someone may have meant. */
final class RefName {

    private static final Pattern FORBIDDEN =
            Pattern.compile(
                    "^[-/.]|[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|/\\.|\\.lock(/|$)|[./]$");

    private static final Pattern FULL_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{7,63}");

    private RefName() {}

    static boolean isValid(String name) {
        return !name.isEmpty() && !name.equals("@") && !FORBIDDEN.matcher(name).find();
    }

    static boolean isFullId(String text) {
        return FULL_ID.matcher(text).matches();
    }

    static boolean isShortId(String text) {
        return SHORT_ID.matcher(text).matches();
    }

    /** Returns at most five of {@code names}, the most similar first. */
    static List<String> nearest(String wanted, List<String> names) {
        return names.stream()
                .distinct()
                .sorted(
                        Comparator.comparingInt((String name) -> distance(wanted, name))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(5)
                .toList();
    }

    /** The number of characters to insert, remove or change. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
