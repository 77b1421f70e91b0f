package io.headrace.web.http;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Nearest {

    private Nearest() {}

    /** Returns the name that differs least, if it differs little. */
    static Optional<String> to(String given, Collection<String> names) {
        var best = Optional.<String>empty();
        var least = Math.max(1, given.length() / 3) + 1;
        for (var name : names) {
            var distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = Optional.of(name);
            }
        }
        return best;
    }

    /** Says that {@code given} is not known, what is, and what is nearest. */
    static String unknown(String what, String given, Collection<String> names) {
        var hint = to(given, names).map(name -> "did you mean '" + name + "'? ").orElse("");
        return names.isEmpty()
                ? "%s '%s' is not known here; none is".formatted(what, given)
                : "%s '%s' is not known here; %sknown are: %s"
                        .formatted(what, given, hint, String.join(", ", names));
    }

    private static int distance(String a, String b) {
        var before = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[b.length()];
    }
}
