package io.headrace.web.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a run.
 *
 * @param project its name; only where the address does not name it
 * @param ref branch, tag, full ref name or commit; null means the project's default
 * @param commit full id; null means what {@code ref} names just now
 */
public record NewRun(
        @Nullable String project,
        @Nullable String ref,
        @Nullable String commit,
        @Nullable Map<String, String> parameters) {

    static final NewRun NOTHING_SAID = new NewRun(null, null, null, null);
}
