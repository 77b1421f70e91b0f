package io.headrace.engine.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Writes one log; the lock orders its streams, steps and threads. */
final class FileLogWriter implements LogWriter {

    private static final byte[] LINE_FEED = {'\n'};
    private static final byte[] NOTHING = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final BatchFile file;
    private final Masker masker;
    private final Runnable afterwards;
    private final List<Output> outputs = new ArrayList<>(1);
    private boolean closed;

    /**
     * @param afterwards called when the log has ended
     */
    FileLogWriter(BatchFile file, Masker masker, Runnable afterwards) {
        this.file = file;
        this.masker = masker;
        this.afterwards = afterwards;
    }

    @Override
    public StepOutput output(int step) {
        lock.lock();
        try {
            var output = new Output(step);
            outputs.add(output);
            return output;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void line(int step, String text) {
        var masked = masker.mask(text).getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            if (!closed) {
                var lines = new StreamLines(file, LogStream.SYSTEM, step);
                lines.take(masked, 0, masked.length);
                lines.end();
                if (masked.length == 0) {
                    file.append(LogStream.SYSTEM, step, NOTHING, 0, LINE_FEED, 0, 1, 1, false);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            outputs.forEach(Output::end);
            outputs.clear();
            try {
                file.close();
            } finally {
                afterwards.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The two streams of one command. */
    private final class Output implements StepOutput {

        private final ByteSink stdout;
        private final ByteSink stderr;
        private boolean ended;

        Output(int step) {
            stdout = masker.stream(new StreamLines(file, LogStream.STDOUT, step), lock);
            stderr = masker.stream(new StreamLines(file, LogStream.STDERR, step), lock);
        }

        @Override
        public void stdout(byte[] bytes, int offset, int length) {
            take(stdout, bytes, offset, length);
        }

        @Override
        public void stderr(byte[] bytes, int offset, int length) {
            take(stderr, bytes, offset, length);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                end();
                outputs.remove(this);
            } finally {
                lock.unlock();
            }
        }

        private void take(ByteSink stream, byte[] bytes, int offset, int length) {
            lock.lock();
            try {
                if (!ended) {
                    stream.take(bytes, offset, length);
                }
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            if (!ended) {
                ended = true;
                stdout.end();
                stderr.end();
            }
        }
    }
}
