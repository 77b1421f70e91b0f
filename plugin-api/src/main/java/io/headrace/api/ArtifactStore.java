package io.headrace.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/**
 * Keeps bytes, addressed by their SHA-256. Names, versions and retention are the server's business,
 * not the store's.
 *
 * <p><b>Threads.</b> All methods are called concurrently, on virtual threads; they may block.
 *
 * <p><b>Durability.</b> When {@link #put} returns, the bytes survive a crash of the machine.
 *
 * @since 0.1
 */
public interface ArtifactStore extends Configurable {

    /** Returns the name that selects this store, such as {@code filesystem}. Never changes. */
    String type();

    /**
     * Stores all of {@code bytes}, hashing while writing. Storing what is there already changes
     * nothing. The caller closes {@code bytes}.
     *
     * @throws StorageFullException if there is no room, or a quota is reached; nothing is left then
     * @throws IOException if reading or writing failed; nothing is left then
     */
    Blob put(InputStream bytes) throws IOException;

    /**
     * Opens {@code length} bytes of a blob from {@code offset} on. Reading the blob whole (offset
     * 0, length its size or more) verifies it: the last read throws if the hash does not match.
     *
     * @param sha256 64 lower-case hexadecimal digits
     * @param offset from 0 to the blob's size
     * @param length 0 or more; more than there is means to the end
     * @throws java.nio.file.NoSuchFileException if there is no such blob
     */
    InputStream open(String sha256, long offset, long length) throws IOException;

    /** Returns whether the blob is there. */
    boolean exists(String sha256) throws IOException;

    /** Deletes the blob if it is there; returns whether it was. */
    boolean delete(String sha256) throws IOException;

    /** Lists all blobs, in no order. The caller closes the stream. */
    Stream<Blob> list() throws IOException;

    /**
     * Bytes that are kept.
     *
     * @param sha256 64 lower-case hexadecimal digits
     * @param size in bytes
     */
    record Blob(String sha256, long size) {

        public Blob {
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("Not a SHA-256: " + sha256);
            }
        }
    }
}
