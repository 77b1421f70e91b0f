package io.headrace.language;

import io.headrace.language.yaml.SourceText;
import java.time.Duration;
import java.util.ArrayList;
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
 * @param jobs at least one, unless {@code generator} makes them
 * @param generator the job whose output is the rest of the pipeline; null without one
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
        TermsDefinition terms,
        @Nullable Generator generator) {

    public Pipeline {
        sources = List.copyOf(sources);
        projects = List.copyOf(projects);
        triggers = List.copyOf(triggers);
        parameters = List.copyOf(parameters);
        stages = List.copyOf(stages);
        jobs = List.copyOf(jobs);
    }

    /**
     * The job that runs before all others, and writes the rest of the pipeline.
     *
     * @param hasRun whether the rest is known, and part of this pipeline
     */
    public record Generator(JobDefinition job, boolean hasRun) {

        /** What the job is called, and its key in the file. */
        public static final String KEY = "generate";

        /** What its output is called in problems. */
        public static final String OUTPUT = "generate:output.yml";
    }

    /** Returns whether a part of it is known only when a run has begun. */
    public boolean isOpen() {
        return generator != null && !generator.hasRun();
    }

    /** Returns the same pipeline with the generator among its jobs, as the first of them. */
    public Pipeline withGenerator() {
        if (generator == null) {
            return this;
        }
        var all = new ArrayList<JobDefinition>();
        all.add(generator.job());
        all.addAll(jobs);
        return with(all, stages, projects);
    }

    /** Returns what can be planned now: nothing but the generator while the rest is not known. */
    public Pipeline known() {
        return generator == null || generator.hasRun()
                ? withGenerator()
                : with(List.of(generator.job()), List.of(), List.of());
    }

    private Pipeline with(
            List<JobDefinition> others,
            List<String> otherStages,
            List<ProjectDefinition> otherProjects) {
        return new Pipeline(
                sources,
                name,
                triggers,
                parameters,
                environment,
                otherStages,
                timeLimit,
                failFast,
                priority,
                others,
                otherProjects,
                terms,
                generator);
    }
}
