package io.headrace.language;

import java.util.List;

/**
 * An event that starts runs.
 *
 * @param branches globs, a leading {@code !} excludes; empty means all
 * @param tags globs likewise
 * @param paths globs of changed files; where none matches, a run skips all of its jobs
 */
public record Trigger(
        PlanEvent.Type event, List<String> branches, List<String> tags, List<String> paths) {

    public Trigger {
        branches = List.copyOf(branches);
        tags = List.copyOf(tags);
        paths = List.copyOf(paths);
    }
}
