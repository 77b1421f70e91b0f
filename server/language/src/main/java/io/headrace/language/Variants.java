package io.headrace.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes that jobs become: one, or one for each combination of a matrix. */
final class Variants {

    private static final int MAX_ID = 100;
    private static final int MAX_NAME = 200;

    /**
     * A node of the graph to be.
     *
     * @param values of the matrix; empty without one
     */
    record Variant(JobDefinition job, String id, String name, Map<String, String> values) {}

    private final Map<String, List<Variant>> byJob = new LinkedHashMap<>();
    private final Map<String, Variant> byTitle = new HashMap<>();

    Variants(List<JobDefinition> jobs) {
        // A job's own key is its id, whatever the variants of others would like to be called.
        Set<String> taken = new HashSet<>();
        for (var job : jobs) {
            if (job.matrix() == null) {
                taken.add(job.key());
            }
        }
        for (var job : jobs) {
            var variants = expand(job, taken);
            byJob.put(job.key(), variants);
            for (var variant : variants) {
                byTitle.putIfAbsent(variant.id(), variant);
                byTitle.putIfAbsent(variant.name(), variant);
            }
        }
    }

    /** Returns the variants of a job. */
    List<Variant> of(String key) {
        return byJob.getOrDefault(key, List.of());
    }

    /** Returns all in the order of the file. */
    List<Variant> all() {
        return byJob.values().stream().flatMap(List::stream).toList();
    }

    /** Returns the variants that a name in {@code depends_on} stands for; empty if none. */
    List<Variant> named(String name) {
        var all = byJob.get(name);
        if (all != null) {
            return all;
        }
        var one = variant(name);
        return one == null ? List.of() : List.of(one);
    }

    private @Nullable Variant variant(String title) {
        return byTitle.get(title);
    }

    private static List<Variant> expand(JobDefinition job, Set<String> taken) {
        var matrix = job.matrix();
        if (matrix == null) {
            return List.of(new Variant(job, job.key(), job.key(), Map.of()));
        }
        var variants = new ArrayList<Variant>();
        for (var combination : Combinations.of(matrix)) {
            var slug =
                    combination.title().values().stream()
                            .map(Variants::slug)
                            .filter(part -> !part.isEmpty())
                            .collect(Collectors.joining("-", job.key() + "-", ""));
            var title =
                    combination.title().entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining(", ", job.key() + " (", ")"));
            variants.add(
                    new Variant(
                            job,
                            unique(cut(slug, MAX_ID), taken),
                            cut(title, MAX_NAME),
                            combination.values()));
        }
        return List.copyOf(variants);
    }

    private static String slug(String value) {
        return value.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("^-+|-+$", "");
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }

    private static String unique(String id, Set<String> taken) {
        var candidate = id;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = id + "-" + i;
        }
        return candidate;
    }
}
