package io.headrace.engine.backup;

/** Hears how far an archive is. Called by the thread that reads or writes it, now and then. */
@FunctionalInterface
public interface Progress {

    /** For those who don't want to know. */
    Progress NONE = (_, _) -> {};

    /**
     * Tells where it is.
     *
     * @param part such as {@code database/run.jsonl}
     * @param items how many of its rows or files are done
     */
    void at(String part, long items);
}
