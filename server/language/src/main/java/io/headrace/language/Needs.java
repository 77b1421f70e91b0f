package io.headrace.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What each job waits for, as ids of the plan. Variants of one job share their list. */
final class Needs {

    /** Full layers of 100 × 100 jobs have one million. */
    static final long MAX_EDGES = 2_000_000;

    private final Map<String, List<String>> ids = new HashMap<>();
    private final Map<String, List<List<String>>> producers = new HashMap<>();
    private final Variants variants;
    private long edges;

    Needs(Pipeline pipeline, Variants variants) {
        this.variants = variants;
        var barriers = barriers(pipeline);
        for (var job : pipeline.jobs()) {
            var barrier =
                    job.stage() == null
                            ? List.<String>of()
                            : barriers.getOrDefault(job.stage().value(), List.of());
            var needs = needs(job, barrier);
            ids.put(job.key(), needs);
            producers.put(job.key(), producers(job));
            edges += (long) needs.size() * variants.of(job.key()).size();
            if (edges > MAX_EDGES) {
                return;
            }
        }
    }

    long edges() {
        return edges;
    }

    List<String> of(JobDefinition job) {
        return ids.getOrDefault(job.key(), List.of());
    }

    /** Returns, for each artifact that a job needs, the ids of the jobs that it names for it. */
    List<List<String>> producersFor(JobDefinition job) {
        return producers.getOrDefault(job.key(), List.of());
    }

    /** Returns, by stage, the ids of the jobs in the nearest stage before it that has any. */
    private Map<String, List<String>> barriers(Pipeline pipeline) {
        var byStage = new LinkedHashMap<String, List<String>>();
        pipeline.stages().forEach(stage -> byStage.put(stage, new ArrayList<>()));
        for (var job : pipeline.jobs()) {
            var own = job.stage() == null ? null : byStage.get(job.stage().value());
            if (own != null) {
                variants.of(job.key()).forEach(variant -> own.add(variant.id()));
            }
        }
        var barriers = new HashMap<String, List<String>>();
        List<String> before = List.of();
        for (var stage : byStage.entrySet()) {
            barriers.put(stage.getKey(), before);
            before = stage.getValue().isEmpty() ? before : List.copyOf(stage.getValue());
        }
        return barriers;
    }

    private List<String> needs(JobDefinition job, List<String> barrier) {
        if (job.needs().isEmpty()) {
            return barrier;
        }
        var needs = new LinkedHashSet<String>();
        for (var need : job.needs()) {
            for (var variant : variants.named(need.name())) {
                // A job that waits for itself would wait for ever; that it says so was told.
                if (!variant.job().key().equals(job.key())) {
                    needs.add(variant.id());
                }
            }
        }
        needs.addAll(barrier);
        return List.copyOf(needs);
    }

    private List<List<String>> producers(JobDefinition job) {
        return job.artifactNeeds().stream()
                .map(need ->
                        need.job() == null
                                ? List.<String>of()
                                : variants.named(need.job()).stream()
                                        .map(Variants.Variant::id)
                                        .toList())
                .toList();
    }
}
