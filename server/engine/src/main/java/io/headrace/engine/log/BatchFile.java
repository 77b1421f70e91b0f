package io.headrace.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends batches to the file of a log. Used by one thread at a time.
 *
 * <p>What can't be written is dropped and counted; once writing works again, the log says how much
 * is missing. A {@code FileChannel} would be closed by an interrupt of the job's thread, so this is
 * a {@link RandomAccessFile}.
 */
final class BatchFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchFile.class);

    private final LogPlace place;
    private final InstantSource clock;
    private final LogSettings settings;
    private final Tail tail;
    private final RandomAccessFile file;
    private final IndexWriter index;
    private byte[] batch = new byte[512];
    private LogState state;
    private boolean full;
    private long missing;
    private @Nullable IOException failure;
    private boolean torn;

    /**
     * @param file positioned behind what {@code state} describes
     */
    BatchFile(
            LogPlace place,
            InstantSource clock,
            LogSettings settings,
            Tail tail,
            RandomAccessFile file,
            IndexWriter index,
            LogState state) {
        this.place = place;
        this.clock = clock;
        this.settings = settings;
        this.tail = tail;
        this.file = file;
        this.index = index;
        this.state = state;
        tail.publish(state);
    }

    /**
     * Appends a batch whose text is the first bytes of {@code head}, then those of {@code body}.
     *
     * @param lines in the text
     * @param continues whether the last of them goes on
     */
    void append(
            LogStream stream,
            int step,
            byte[] head,
            int headLength,
            byte[] body,
            int bodyOffset,
            int bodyLength,
            int lines,
            boolean continues) {
        var length = headLength + bodyLength;
        if (stream != LogStream.SYSTEM && isFull(step, length)) {
            return;
        }
        if (missing > 0 && !reportMissing(step)) {
            missing += lines;
            return;
        }
        grow(length);
        System.arraycopy(head, 0, batch, Batch.HEADER, headLength);
        System.arraycopy(body, bodyOffset, batch, Batch.HEADER + headLength, bodyLength);
        if (!write(stream, step, length, lines, continues)) {
            missing += lines;
        }
    }

    /** Appends a line of our own. */
    boolean say(int step, String line) {
        var text = (line + "\n").getBytes(StandardCharsets.UTF_8);
        grow(text.length);
        System.arraycopy(text, 0, batch, Batch.HEADER, text.length);
        return write(LogStream.SYSTEM, step, text.length, 1, false);
    }

    /** Ends the log. */
    @Override
    public void close() throws IOException {
        if (missing > 0) {
            reportMissing(LogLine.JOB);
        }
        try (file;
                index) {
            mend();
            file.write(Batch.end(state.lines(), state.text(), clock.millis()));
            if (settings.sync()) {
                file.getFD().sync();
            }
            Files.move(place.live(), place.ended(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            failure = e;
        } finally {
            state = new LogState(state.raw(), state.lines(), state.text(), state.entries(), true);
            tail.publish(state);
        }
        if (failure != null) {
            throw new IOException(
                    "Not all of the log could be kept: "
                            + failure.getMessage()
                            + ". See to free and writable space below "
                            + place.directory()
                            + ", then run the job again.",
                    failure);
        }
    }

    private boolean isFull(int step, int length) {
        if (!full && state.text() + length > settings.maxBytes()) {
            full = true;
            say(
                    step,
                    "This log has reached its limit of %,d bytes. What the job prints from here on is"
                                    .formatted(settings.maxBytes())
                            + " NOT KEPT. Print less, or raise logs.max-size.");
        }
        return full;
    }

    private boolean reportMissing(int step) {
        var why = failure == null ? "" : " (" + failure.getMessage() + ")";
        var said =
                say(
                        step,
                        "%,d lines are MISSING here: they could not be written%s."
                                .formatted(missing, why));
        if (said) {
            missing = 0;
        }
        return said;
    }

    private void grow(int length) {
        if (batch.length < Batch.HEADER + length) {
            batch =
                    new byte
                            [Math.max(
                                    Batch.HEADER + length,
                                    Math.min(4 * batch.length, Batch.MAX_TEXT))];
        }
    }

    private boolean write(LogStream stream, int step, int length, int lines, boolean continues) {
        Batch.writeHeader(
                batch,
                0,
                stream.kind(),
                continues ? Batch.CONTINUES : 0,
                step,
                lines,
                length,
                clock.millis());
        try {
            mend();
            torn = true;
            file.write(batch, 0, Batch.HEADER + length);
            torn = false;
        } catch (IOException e) {
            if (failure == null) {
                LOG.error("The log {} can't be written", place.live(), e);
            }
            failure = e;
            return false;
        }
        if (index.wants(state.raw(), step)) {
            index.add(new IndexEntry(state.raw(), state.lines() + 1, state.text(), step));
        }
        state =
                new LogState(
                        state.raw() + Batch.HEADER + length,
                        state.lines() + lines,
                        state.text() + length,
                        index.written(),
                        false);
        tail.publish(state);
        return true;
    }

    /** Removes what a failed write may have left. */
    private void mend() throws IOException {
        if (torn) {
            file.setLength(state.raw());
            file.seek(state.raw());
            torn = false;
        }
    }
}
