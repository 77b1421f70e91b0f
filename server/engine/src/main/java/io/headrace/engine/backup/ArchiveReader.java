package io.headrace.engine.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.headrace.engine.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads an archive. What is wrong with one is {@link Refused}, with where and what to do. */
public final class ArchiveReader implements AutoCloseable {

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    /** Far more than a manifest has, and little enough to be read as a whole. */
    private static final int LARGEST_MANIFEST = 16 << 20;

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private ArchiveReader(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /**
     * Opens an archive and reads its manifest.
     *
     * @throws Refused if {@code file} is none, was cut short, or was written by a newer Headrace
     * @throws IOException if it can't be read
     */
    public static ArchiveReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Refused.notFound("There is no file " + file);
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw Refused.invalid(
                    "%s is damaged, cut short or no archive of Headrace (%s); take another copy of it"
                            .formatted(file, e.getMessage()));
        }
        try {
            return new ArchiveReader(file, zip, manifest(file, zip));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static Manifest manifest(Path file, ZipFile zip) throws IOException {
        var entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw Refused.invalid(
                    "%s has no %s: it is no archive of Headrace, or was cut short when it was made"
                            .formatted(file, Manifest.NAME));
        }
        Manifest manifest;
        try (var in = zip.getInputStream(entry)) {
            manifest = JSON.readValue(in.readNBytes(LARGEST_MANIFEST), Manifest.class);
        } catch (JacksonException | ZipException e) {
            throw Refused.invalid(
                    "%s: %s is damaged: %s".formatted(file, Manifest.NAME, reason(e)));
        }
        if (!Manifest.FORMAT.equals(manifest.format())) {
            throw Refused.invalid("%s is no archive of Headrace".formatted(file));
        }
        if (manifest.version() > Manifest.VERSION) {
            throw Refused.invalid(
                    "%s was written by a newer Headrace (format %d; this one knows up to %d); use that version"
                            .formatted(file, manifest.version(), Manifest.VERSION));
        }
        return manifest;
    }

    private static String reason(Exception e) {
        return e instanceof JacksonException json
                ? json.getOriginalMessage()
                : String.valueOf(e.getMessage());
    }

    public Manifest manifest() {
        return manifest;
    }

    /**
     * Reads all parts and compares them with the manifest.
     *
     * @throws Refused naming the first part that is missing, is too much, or is not what was
     *     written
     */
    public void verify(Progress progress) throws IOException {
        var unknown = new TreeSet<String>();
        zip.stream().map(ZipEntry::getName).forEach(unknown::add);
        unknown.remove(Manifest.NAME);
        for (var part : manifest.parts()) {
            unknown.remove(part.name());
            progress.at(part.name(), 0);
            verify(part);
        }
        if (!unknown.isEmpty()) {
            throw Refused.invalid(
                    "%s holds '%s', which its manifest does not name; take another copy of it"
                            .formatted(file, unknown.first()));
        }
    }

    /**
     * Like {@link #verify(Progress)}, but reads only parts whose names begin with {@code prefix}.
     */
    public void verify(String prefix, Progress progress) throws IOException {
        for (var part : manifest.parts()) {
            if (part.name().startsWith(prefix)) {
                progress.at(part.name(), 0);
                verify(part);
            }
        }
    }

    private void verify(Manifest.Part part) throws IOException {
        var digest = Digests.sha256();
        var bytes = 0L;
        var buffer = new byte[1 << 16];
        try (var in = part(part)) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        } catch (ZipException e) {
            throw damaged(part, String.valueOf(e.getMessage()));
        }
        if (bytes != part.bytes()) {
            throw damaged(part, "it has %,d bytes and not %,d".formatted(bytes, part.bytes()));
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
            throw damaged(part, "its SHA-256 is not the one that was written");
        }
    }

    private Refused damaged(Manifest.Part part, String how) {
        return Refused.invalid(
                "%s is damaged in '%s': %s; take another copy of it"
                        .formatted(file, part.name(), how));
    }

    /**
     * Opens a part; the caller closes it.
     *
     * @throws Refused if it is missing
     */
    public InputStream part(Manifest.Part part) throws IOException {
        var entry = zip.getEntry(part.name());
        if (entry == null) {
            throw damaged(part, "it is missing");
        }
        return zip.getInputStream(entry);
    }

    /** Returns the file that is read. */
    public Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
