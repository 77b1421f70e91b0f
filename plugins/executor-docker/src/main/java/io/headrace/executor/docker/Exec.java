package io.headrace.executor.docker;

import io.headrace.api.CommandOutput;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The output of one process in a container, read by a virtual thread of its own. */
final class Exec {

    private static final Logger log = LoggerFactory.getLogger(Exec.class);
    private static final byte[] ATTACH =
            "{\"Detach\":false,\"Tty\":false}".getBytes(StandardCharsets.UTF_8);
    private static final int HEADER = 8;
    private static final int STDERR = 2;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile Http.@Nullable Answer answer;
    private volatile boolean abandoned;

    private Exec(Engine engine, String id, CommandOutput output) {
        thread =
                Thread.ofVirtual()
                        .name("docker-output-" + id)
                        .unstarted(() -> follow(engine, id, output));
    }

    /** Starts the process and hands its output on. */
    static Exec start(Engine engine, String id, CommandOutput output) {
        var exec = new Exec(engine, id, output);
        exec.thread.start();
        return exec;
    }

    private void follow(Engine engine, String id, CommandOutput output) {
        try {
            read(engine, id, output);
            end.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /**
     * Returns the end of the output: normal, or with what the engine, the connection or the taker
     * threw.
     */
    CompletableFuture<Void> end() {
        return end;
    }

    /**
     * Waits for the end of the output, whatever it is.
     *
     * @return false if it did not end within {@code limit}, or an interrupt said that there is no
     *     more time; the interrupt is kept
     */
    boolean awaitEnd(Duration limit) {
        try {
            return end.handle((_, _) -> true).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end.isDone();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether the output ended with a failure. */
    boolean isBroken() {
        return end.isCompletedExceptionally();
    }

    /** Gives up on the output. The process is not affected. */
    void abandon() {
        abandoned = true;
        var open = answer;
        if (open != null) {
            close(open);
        } else {
            // It waits for the engine; an interrupt closes the connection.
            thread.interrupt();
        }
    }

    private void read(Engine engine, String id, CommandOutput output) throws IOException {
        try (var open = engine.open("POST", "/exec/" + id + "/start", ATTACH)) {
            answer = open;
            if (abandoned) {
                return;
            }
            demultiplex(open.body(), output);
        }
    }

    private static void close(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            log.debug("A connection did not close cleanly", e);
        }
    }

    /** Frames of a header (stream number, three zeros, length as big-endian int) and a payload. */
    private static void demultiplex(InputStream in, CommandOutput output) throws IOException {
        var header = new byte[HEADER];
        var buffer = new byte[32 * 1024];
        while (true) {
            var got = in.readNBytes(header, 0, HEADER);
            if (got == 0) {
                return;
            }
            if (got < HEADER) {
                throw new EOFException("the output ended within a frame");
            }
            var left = ByteBuffer.wrap(header).getInt(4);
            while (left > 0) {
                var n = in.read(buffer, 0, Math.min(buffer.length, left));
                if (n < 0) {
                    throw new EOFException("the output ended within a frame");
                }
                hand(output, header[0] == STDERR, buffer, n);
                left -= n;
            }
        }
    }

    private static void hand(CommandOutput output, boolean error, byte[] buffer, int length) {
        try {
            if (error) {
                output.stderr(buffer, 0, length);
            } else {
                output.stdout(buffer, 0, length);
            }
        } catch (RuntimeException e) {
            throw new TakerFailure(e);
        }
    }

    /** What the taker of the output threw, told apart from what the connection throws. */
    static final class TakerFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final RuntimeException thrown;

        TakerFailure(RuntimeException thrown) {
            super(thrown);
            this.thrown = thrown;
        }

        RuntimeException thrown() {
            return thrown;
        }
    }
}
