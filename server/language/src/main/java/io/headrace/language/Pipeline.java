package io.headrace.language;

import io.headrace.language.yaml.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as written: every name checked, nothing expanded or decided. Immutable.
 *
 * @param sources the files that it was read from, for problems that only planning finds; its own
 *     file first
 * @param name or null, which means the project's
 * @param triggers empty means: every event
 * @param priority or null, which leaves it to the event
 * @param jobs at least one
 */
public record Pipeline(
        List<SourceText> sources,
        @Nullable String name,
        List<Trigger> triggers,
        List<Parameter> parameters,
        Map<String, Text> environment,
        List<String> stages,
        Duration timeLimit,
        boolean failFast,
        @Nullable Integer priority,
        List<JobDefinition> jobs,
        List<ProjectDefinition> projects,
        TermsDefinition terms) {

    public Pipeline {
        sources = List.copyOf(sources);
        projects = List.copyOf(projects);
        triggers = List.copyOf(triggers);
        parameters = List.copyOf(parameters);
        stages = List.copyOf(stages);
        jobs = List.copyOf(jobs);
    }
}
