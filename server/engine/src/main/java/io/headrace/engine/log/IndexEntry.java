package io.headrace.engine.log;

/**
 * Says which batch is where. There is one for the first batch, for each batch of another step than
 * the one before, and for at least one batch in each {@link IndexWriter#SPACING} bytes.
 *
 * @param offset of the batch in the file
 * @param firstLine number of its first line
 * @param text bytes of text before it
 * @param step that it belongs to
 */
record IndexEntry(long offset, long firstLine, long text, int step) {

    static final int SIZE = 32;

    /** The first batch of every log. */
    static final IndexEntry START = new IndexEntry(Batch.FILE_HEADER, 1, 0, LogLine.JOB);

    static IndexEntry read(byte[] bytes, int at) {
        return new IndexEntry(
                Batch.getLong(bytes, at),
                Batch.getLong(bytes, at + 8),
                Batch.getLong(bytes, at + 16),
                Batch.getInt(bytes, at + 24));
    }

    void write(byte[] bytes, int at) {
        Batch.putLong(bytes, at, offset);
        Batch.putLong(bytes, at + 8, firstLine);
        Batch.putLong(bytes, at + 16, text);
        Batch.putInt(bytes, at + 24, step);
        Batch.putInt(bytes, at + 28, 0);
    }
}
