package io.headrace.language.format;

import java.util.regex.Pattern;

/** Says which texts need no quotes, for us and for whoever else reads the file. */
final class Quotes {

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_./][A-Za-z0-9_./@%+=~^() -]*[A-Za-z0-9_./)]|[A-Za-z]");

    /** Other readers make something else of these, in any case. */
    private static final Pattern TAKEN =
            Pattern.compile(
                    "(?i)true|false|yes|no|on|off|y|n|null|\\.inf|\\.nan|[.+-]?[0-9._e+-]+");

    private Quotes() {}

    static boolean areNeeded(String text) {
        return !PLAIN.matcher(text).matches() || TAKEN.matcher(text).matches();
    }
}
