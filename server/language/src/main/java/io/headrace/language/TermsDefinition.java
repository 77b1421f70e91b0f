package io.headrace.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline asks for beside its jobs: see {@link PlanTerms}.
 *
 * @param work of a manifest, or empty
 */
public record TermsDefinition(
        PlanTerms.Mode mode,
        int batchSize,
        PlanTerms.Affinity affinity,
        PlanTerms.@Nullable RetryPolicy retryPolicy,
        Map<String, SettingDefinition> settings,
        List<PlanTerms.WorkItem> work,
        List<String> blockers,
        Map<String, String> included) {

    public TermsDefinition {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        work = List.copyOf(work);
        blockers = List.copyOf(blockers);
        included = Collections.unmodifiableMap(new TreeMap<>(included));
    }
}
