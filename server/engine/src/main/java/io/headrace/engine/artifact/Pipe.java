package io.headrace.engine.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes from one thread to another through a buffer of fixed size. Unlike the JDK's piped
 * streams it never polls, and tells each side why the other one stopped.
 */
final class Pipe {

    private static final int SIZE = 256 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] buffer = new byte[SIZE];
    private int start;
    private int filled;
    private boolean written;
    private boolean abandoned;
    private @Nullable Exception failure;

    private final OutputStream in = new In();
    private final InputStream out = new Out();

    /** Returns where one thread writes; closing it says that all was written. */
    OutputStream in() {
        return in;
    }

    /** Returns where the other thread reads; closing it makes further writes fail. */
    InputStream out() {
        return out;
    }

    /** Makes the reader fail, because what it reads is not all that there should be. */
    void fail(Exception why) {
        lock.lock();
        try {
            if (failure == null && !written) {
                failure = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the writer fail, because nobody reads what it writes. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, the lock held, until {@code ready}. */
    private void await(BooleanSupplier ready) throws InterruptedIOException {
        try {
            while (!ready.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private final class In extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var done = 0;
            lock.lock();
            try {
                while (done < length) {
                    await(() -> filled < SIZE || abandoned);
                    if (abandoned) {
                        throw new IOException("nobody reads any more");
                    }
                    var at = (start + filled) % SIZE;
                    var many = Math.min(length - done, Math.min(SIZE - filled, SIZE - at));
                    System.arraycopy(bytes, offset + done, buffer, at, many);
                    filled += many;
                    done += many;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                written = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Out extends InputStream {

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            lock.lock();
            try {
                await(() -> filled > 0 || written || failure != null);
                if (filled == 0) {
                    if (failure != null) {
                        throw new IOException(failure.getMessage(), failure);
                    }
                    return -1;
                }
                var many = Math.min(length, Math.min(filled, SIZE - start));
                System.arraycopy(buffer, start, bytes, offset, many);
                start = (start + many) % SIZE;
                filled -= many;
                changed.signalAll();
                return many;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            abandon();
        }
    }
}
