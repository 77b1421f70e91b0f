package io.headrace.executor.docker;

import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads the names of directories and of archive entries without trusting them. */
final class TarNames {

    private TarNames() {}

    /**
     * Returns the parts of {@code name}, relative to the workspace; none for the workspace itself.
     *
     * @throws ExecutionException if it would lie outside of the workspace
     */
    static List<String> parts(String name) throws ExecutionException {
        return parts(name, name);
    }

    /** Like {@link #parts(String)}, where {@code entry} is to blame for {@code name}. */
    static List<String> parts(String name, String entry) throws ExecutionException {
        var parts = new ArrayList<String>();
        for (var part : name.split("/", -1)) {
            if (part.equals("..") || part.indexOf('\0') >= 0 || name.startsWith("/")) {
                throw refused(entry, "leads out of the workspace");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    static ExecutionException refused(String name, String why) {
        return new ExecutionException(
                Kind.INVALID,
                "The archive was refused, because '%s' %s; make it anew without that entry"
                        .formatted(name, why));
    }
}
