package io.headrace.language;

import java.util.List;

/**
 * An event that starts runs.
 *
 * @param branches globs, a leading {@code !} excludes; empty means all
 * @param tags globs likewise
 */
public record Trigger(PlanEvent.Type event, List<String> branches, List<String> tags) {

    public Trigger {
        branches = List.copyOf(branches);
        tags = List.copyOf(tags);
    }
}
