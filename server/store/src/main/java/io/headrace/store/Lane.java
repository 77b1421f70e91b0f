package io.headrace.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Jobs that the same workers can take wait in one lane, so that those which a worker can't take
 * cost it nothing.
 *
 * @param labels sorted
 */
record Lane(String pool, List<String> labels) {

    private static final String SEPARATOR = "\n";

    Lane {
        labels = List.copyOf(labels);
    }

    static Lane of(String pool, Collection<String> labels) {
        return new Lane(pool, labels.stream().distinct().sorted().toList());
    }

    /** Reads what {@link #text} wrote. */
    static Lane parse(String text) {
        var parts = List.of(text.split(SEPARATOR, -1));
        return new Lane(parts.getFirst(), parts.subList(1, parts.size()));
    }

    /** Returns the form in which the database keeps it. */
    String text() {
        return labels.isEmpty() ? pool : pool + SEPARATOR + String.join(SEPARATOR, labels);
    }

    boolean suits(Collection<String> pools, Set<String> has) {
        return pools.contains(pool) && has.containsAll(labels);
    }
}
