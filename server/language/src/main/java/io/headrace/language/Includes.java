package io.headrace.language;

import org.jspecify.annotations.Nullable;

/**
 * Gives the files that a pipeline file names. Whoever implements it does the reading, and decides
 * what may be read: files of the same commit, and of repositories that are on a list.
 */
@FunctionalInterface
public interface Includes {

    /** For callers that have nothing but the text: every file is refused. */
    Includes NONE = (_, _) -> Included.refused("no other file can be read here");

    /**
     * Returns a file. Called on the thread of the parser, once for each file.
     *
     * @param repository as the file names it, or null for the repository of the pipeline
     * @param path from the root of the repository, with {@code /} and without {@code ..}
     */
    Included read(@Nullable String repository, String path);

    /**
     * Likewise, at a certain place in the repository's history.
     *
     * @param repository as the file names it
     * @param ref a branch, a tag or a commit; null means the default branch
     */
    default Included read(String repository, @Nullable String ref, String path) {
        return read(repository, path);
    }

    /**
     * A file, or why there is none.
     *
     * @param text null if it is refused
     * @param refusal ends the sentence that begins with {@code 'ci/base.yml' can't be read:}; empty
     *     if there is a text
     * @param commit of another repository that it is from; null for the pipeline's own
     */
    record Included(@Nullable String text, String refusal, @Nullable String commit) {

        public static Included of(String text) {
            return new Included(text, "", null);
        }

        /** Returns a file of another repository. */
        public static Included of(String text, String commit) {
            return new Included(text, "", commit);
        }

        public static Included refused(String why) {
            return new Included(null, why, null);
        }
    }
}
