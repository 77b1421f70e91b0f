package io.headrace.language;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which projects a change affects, and which jobs have nothing to do for it. */
final class AffectedProjects {

    private final Pipeline pipeline;
    private final @Nullable Set<String> affected;

    AffectedProjects(Pipeline pipeline, PlanEvent event) {
        this.pipeline = pipeline;
        this.affected = affected(pipeline, event.changedPaths());
    }

    /** Returns the names of the projects that something changed for; null if all did. */
    private static @Nullable Set<String> affected(
            Pipeline pipeline, @Nullable List<String> changed) {
        if (changed == null || pipeline.projects().isEmpty()) {
            return null;
        }
        // Whoever changes what a run does wants to see all of it run.
        for (var source : pipeline.sources()) {
            if (changed.contains(source.file())) {
                return null;
            }
        }
        var found = new HashSet<String>();
        for (var project : pipeline.projects()) {
            if (changed.stream().anyMatch(path -> touches(project, path))) {
                found.add(project.name());
            }
        }
        var queue = new ArrayDeque<>(found);
        for (var name = queue.poll(); name != null; name = queue.poll()) {
            for (var project : pipeline.projects()) {
                if (project.dependsOn().contains(name) && found.add(project.name())) {
                    queue.add(project.name());
                }
            }
        }
        return found;
    }

    private static boolean touches(ProjectDefinition project, String path) {
        var folder = project.path().endsWith("/") ? project.path() : project.path() + "/";
        return folder.equals("./")
                || path.startsWith(folder)
                || project.paths().stream().anyMatch(glob -> Globs.matches(glob, path));
    }

    /** Returns why a job has nothing to do, or null if it has. */
    @Nullable String skip(JobDefinition job) {
        var name = job.terms().project();
        if (name == null || affected == null || affected.contains(name)) {
            return null;
        }
        return pipeline.projects().stream()
                .filter(project -> project.name().equals(name))
                .findFirst()
                .map(project ->
                        "nothing changed in project '%s' (%s)".formatted(name, project.path()))
                .orElse(null);
    }
}
