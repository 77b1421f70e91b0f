package io.headrace.engine.run;

import io.headrace.language.PlanEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a run.
 *
 * @param project a project's name
 * @param ref branch, tag, full ref name or commit; null means the project's branch, else the
 *     repository's default
 * @param commit full id; null means what {@code ref} names just now
 * @param parameters by name
 * @param triggeredBy who or what asks, for people
 * @param idempotencyKey a second wish with the same key in the same project gets the first one's
 *     run; 1 to 200 characters, or null
 */
public record Trigger(
        String project,
        PlanEvent.Type type,
        @Nullable String ref,
        @Nullable String commit,
        Map<String, String> parameters,
        String triggeredBy,
        @Nullable String idempotencyKey) {

    public Trigger {
        parameters = Map.copyOf(parameters);
    }
}
