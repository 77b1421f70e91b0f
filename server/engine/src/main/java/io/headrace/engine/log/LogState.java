package io.headrace.engine.log;

/**
 * How far a log has come.
 *
 * @param raw bytes of the file that hold whole batches, without the last one that ends the log
 * @param lines in them
 * @param text bytes of text in them
 * @param entries of the index that are on disk
 * @param ended whether nothing can follow
 */
record LogState(long raw, long lines, long text, int entries, boolean ended) {

    static final LogState EMPTY = new LogState(Batch.FILE_HEADER, 0, 0, 0, false);
}
