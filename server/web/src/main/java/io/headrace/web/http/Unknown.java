package io.headrace.web.http;

import io.headrace.language.spelling.Spelling;
import java.util.Collection;

/** Says that a name is not known, what is, and what was probably meant. */
final class Unknown {

    private Unknown() {}

    static String name(String what, String given, Collection<String> known) {
        var hint = Spelling.nearest(given, known).map("did you mean '%s'? "::formatted).orElse("");
        return known.isEmpty()
                ? "%s '%s' is not known here; there are none".formatted(what, given)
                : "%s '%s' is not known here; %sknown are: %s"
                        .formatted(what, given, hint, String.join(", ", known));
    }
}
