package io.headrace.store;

import io.headrace.engine.retry.Dependency;
import io.headrace.language.Plan;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Jobs that the same workers can take wait in one lane, so that those which a worker can't take
 * cost it nothing.
 *
 * @param labels sorted
 * @param needs sorted: keys of what the jobs need beside a worker, such as {@code executor:docker}
 */
record Lane(String pool, List<String> labels, List<String> needs) {

    /** Begins a need, where labels and needs stand together; no label begins so. */
    static final String NEED = "\t";

    private static final String SEPARATOR = "\n";

    Lane {
        labels = List.copyOf(labels);
        needs = List.copyOf(needs);
    }

    static Lane of(String pool, Collection<String> labels) {
        return of(pool, labels, List.of());
    }

    static Lane of(String pool, Collection<String> labels, Collection<String> needs) {
        return new Lane(
                pool,
                labels.stream().distinct().sorted().toList(),
                needs.stream().distinct().sorted().toList());
    }

    /** Returns the lane in which a job waits. */
    static Lane of(Plan.Job job) {
        return of(job.pool(), job.labels(), needs(job));
    }

    /** What runs in the server's own processes needs nothing else. */
    private static List<String> needs(Plan.Job job) {
        return job.executorType().equals("process")
                ? List.of()
                : List.of(new Dependency(Dependency.Kind.EXECUTOR, job.executorType()).key());
    }

    /** Reads what {@link #text} wrote. */
    static Lane parse(String text) {
        var parts = List.of(text.split(SEPARATOR, -1));
        var rest = parts.subList(1, parts.size());
        return new Lane(
                parts.getFirst(),
                rest.stream().filter(part -> !part.startsWith(NEED)).toList(),
                rest.stream()
                        .filter(part -> part.startsWith(NEED))
                        .map(part -> part.substring(NEED.length()))
                        .toList());
    }

    /** Returns the form in which the database keeps it. */
    String text() {
        if (labels.isEmpty() && needs.isEmpty()) {
            return pool;
        }
        var text = new StringBuilder(pool);
        labels.forEach(label -> text.append(SEPARATOR).append(label));
        needs.forEach(need -> text.append(SEPARATOR).append(NEED).append(need));
        return text.toString();
    }

    /**
     * @param has the worker's labels, and the needs that can be met: see {@link
     *     HeldNeeds#abilities}
     */
    boolean suits(Collection<String> pools, Set<String> has) {
        return pools.contains(pool)
                && has.containsAll(labels)
                && needs.stream().allMatch(need -> has.contains(NEED + need));
    }
}
