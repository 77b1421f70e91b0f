package io.headrace.engine.project;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository that has pipelines.
 *
 * @param name unique, 1 to 63 characters: letters, digits, {@code .}, {@code _}, {@code -}
 * @param source where its files come from
 * @param pipelineFile path of the pipeline file in the repository
 * @param version counts the changes, for {@link ProjectStore#update}
 */
public record Project(
        ProjectId id,
        String name,
        Source source,
        String pipelineFile,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    /** Where the pipeline file is unless a project says otherwise. */
    public static final String DEFAULT_PIPELINE_FILE = ".headrace.yml";

    /**
     * Where a project's files come from.
     *
     * @param type of an SCM provider, such as {@code git}
     * @param branch that runs use when they are asked for without a ref; null means the
     *     repository's default
     */
    public record Source(String type, String url, @Nullable String branch) {}
}
