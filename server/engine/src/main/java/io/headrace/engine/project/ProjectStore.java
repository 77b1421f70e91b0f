package io.headrace.engine.project;

import io.headrace.engine.Page;
import io.headrace.engine.run.AttemptId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps projects. */
public interface ProjectStore {

    /** Returns false, and changes nothing, if the name is taken (whatever the case). */
    boolean add(Project project);

    Optional<Project> find(String name);

    Optional<Project> find(ProjectId id);

    /**
     * Lists by name.
     *
     * @param after {@link Page#next} of the page before, or null for the first
     * @param limit 1 to 1000
     */
    Page<Project> list(@Nullable String after, int limit);

    /**
     * Replaces the project with this id.
     *
     * @return false, and changes nothing, unless the stored version is {@code project.version() -
     *     1}
     */
    boolean update(Project project);

    /**
     * Deletes the project with all its runs; returns whether it was there.
     *
     * @param leaves takes, after each part is deleted for good, what that leaves outside
     */
    boolean delete(ProjectId id, Consumer<Remains> leaves);

    /**
     * What deleted runs had outside of this store.
     *
     * @param attempts which had logs
     * @param blobs hashes of artifacts, which others may have too
     */
    record Remains(Set<AttemptId> attempts, Set<String> blobs) {}
}
