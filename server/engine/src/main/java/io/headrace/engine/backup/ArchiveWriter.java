package io.headrace.engine.backup;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive, part by part, in constant memory. Without {@link #finish} it has no manifest,
 * and nobody reads it. One thread at a time.
 */
public final class ArchiveWriter implements AutoCloseable {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private final ZipOutputStream zip;
    private final Instant begun;
    private final List<Manifest.Part> parts = new ArrayList<>();
    private Manifest.@Nullable Database database;

    /** Writes what is in a part. */
    @FunctionalInterface
    public interface Body<E extends Exception> {

        /**
         * Writes to {@code out}, which it need not close.
         *
         * @return how many rows or files it wrote
         */
        long write(OutputStream out) throws IOException, E;
    }

    /**
     * @param out closed by {@link #close}
     * @param begun when the archive was begun
     */
    public ArchiveWriter(OutputStream out, Instant begun) {
        this.zip = new ZipOutputStream(out);
        this.begun = begun;
        // Twice as fast as the default, and hardly larger, for rows and logs.
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /** Says what the parts below {@code database/} are. */
    public void describe(Manifest.Database of) {
        database = of;
    }

    /**
     * Writes a part.
     *
     * @param name of letters, digits, {@code . _ - /}; no two parts have the same
     */
    public <E extends Exception> void part(String name, Body<E> body) throws IOException, E {
        zip.putNextEntry(new ZipEntry(name));
        var digest = Digests.sha256();
        var counted = new Counted(zip, digest);
        var items = body.write(counted);
        counted.flush();
        zip.closeEntry();
        parts.add(
                new Manifest.Part(
                        name, items, counted.bytes, HexFormat.of().formatHex(digest.digest())));
    }

    /** Writes the manifest; nothing follows. */
    public Manifest finish() throws IOException {
        var manifest = new Manifest(Manifest.FORMAT, Manifest.VERSION, begun, database, parts);
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(JSON.writeValueAsBytes(manifest));
        zip.closeEntry();
        zip.finish();
        return manifest;
    }

    /** Closes the file. It is of use only if {@link #finish} was called. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Counts and digests what is written to one part, which its writer can't close. */
    private static final class Counted extends FilterOutputStream {

        private long bytes;

        Counted(ZipOutputStream zip, MessageDigest digest) {
            super(new DigestOutputStream(zip, digest));
        }

        @Override
        public void write(int single) throws IOException {
            out.write(single);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int from, int length) throws IOException {
            out.write(buffer, from, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
