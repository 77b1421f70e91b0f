package io.headrace.artifacts.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a range of a blob; the whole of it is checked against its name. */
final class BlobStream extends InputStream {

    private final FileChannel channel;
    private final String sha256;
    private final @Nullable MessageDigest digest;
    private long left;

    private BlobStream(
            FileChannel channel, String sha256, @Nullable MessageDigest digest, long length) {
        this.channel = channel;
        this.sha256 = sha256;
        this.digest = digest;
        this.left = length;
    }

    /**
     * @param channel closed with the stream
     * @throws IllegalArgumentException if {@code offset} is beyond the end
     */
    static BlobStream open(FileChannel channel, String sha256, long offset, long length)
            throws IOException {
        var size = channel.size();
        if (offset > size) {
            throw new IllegalArgumentException(
                    "Blob %s has %d bytes; there is no byte %d".formatted(sha256, size, offset));
        }
        channel.position(offset);
        var whole = offset == 0 && length >= size;
        var stream =
                new BlobStream(
                        channel,
                        sha256,
                        whole ? Sha256.digest() : null,
                        Math.min(length, size - offset));
        if (size == 0) {
            stream.check();
        }
        return stream;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        var read = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, left)));
        if (read < 0) {
            throw new IOException(
                    "Blob %s is damaged: it ends %d bytes too early; %s"
                            .formatted(sha256, left, REMEDY));
        }
        left -= read;
        if (digest != null) {
            digest.update(bytes, offset, read);
            if (left == 0) {
                check();
            }
        }
        return read;
    }

    private static final String REMEDY = "run again what made it, or bring it back from a backup";

    private void check() throws IOException {
        if (digest != null) {
            var found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(sha256)) {
                throw new IOException(
                        "Blob %s is damaged: its bytes hash to %s; %s"
                                .formatted(sha256, found, REMEDY));
            }
        }
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, left);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
