package io.headrace.web.project;

import io.headrace.engine.project.Project;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A project. */
public record ProjectView(
        String id,
        String name,
        Source source,
        String pipelineFile,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * Where its files come from.
     *
     * @param branch that runs use when they are asked for without a ref
     */
    public record Source(String type, String url, @Nullable String branch) {}

    static ProjectView of(Project project) {
        var source = project.source();
        return new ProjectView(
                project.id().toString(),
                project.name(),
                new Source(source.type(), SafeUrl.of(source.url()), source.branch()),
                project.pipelineFile(),
                project.createdAt(),
                project.updatedAt());
    }
}
