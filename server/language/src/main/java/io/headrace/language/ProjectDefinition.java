package io.headrace.language;

import io.headrace.language.yaml.Mark;
import java.util.List;

/**
 * A part of the repository with work of its own.
 *
 * @param name unique in the pipeline
 * @param path its folder
 * @param paths globs of other files whose change affects it
 * @param dependsOn names of projects whose change affects it
 */
public record ProjectDefinition(
        String name, String path, List<String> paths, List<String> dependsOn, Mark mark) {

    public ProjectDefinition {
        paths = List.copyOf(paths);
        dependsOn = List.copyOf(dependsOn);
    }
}
