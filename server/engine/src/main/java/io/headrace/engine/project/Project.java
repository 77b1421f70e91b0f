package io.headrace.engine.project;

import java.time.Instant;
import java.util.List;
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

    private static final List<String> USUAL_PIPELINE_FILES =
            List.of(DEFAULT_PIPELINE_FILE, ".ci.yml", ".ci/pipeline.yml", ".ci/pipeline.yaml");

    /**
     * Where a project's files come from.
     *
     * @param type of an SCM provider, such as {@code git}
     * @param branch that runs use when they are asked for without a ref; null means the
     *     repository's default
     */
    public record Source(String type, String url, @Nullable String branch) {}

    /**
     * Returns where the pipeline file is looked for, the first that a commit has: the one that the
     * project names, or, if it names none, where repositories usually have it.
     */
    public List<String> pipelineFiles() {
        return pipelineFile.equals(DEFAULT_PIPELINE_FILE)
                ? USUAL_PIPELINE_FILES
                : List.of(pipelineFile);
    }
}
