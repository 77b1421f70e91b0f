package io.headrace.engine.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.engine.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A plugin's zip that was looked through: its names and sizes are harmless and its descriptor is
 * right. PF4J never sees the zip, only what {@link #extract} wrote, so that no two readers of zips
 * can disagree about it.
 *
 * @param size of the zip, in bytes
 * @param sha256 of the zip, 64 lower-case hexadecimal digits
 */
record PluginZip(Path file, PluginManifest manifest, long size, String sha256) {

    static final long MAX_ZIP = 256L << 20;
    static final long MAX_TOTAL = 512L << 20;
    static final int MAX_ENTRIES = 10_000;

    private static final int MAX_RATIO = 200;

    /** Below this size even a ratio beyond all reason harms nobody. */
    private static final long RATIO_MATTERS_FROM = 8L << 20;

    private static final int MAX_MANIFEST = 64 << 10;

    /**
     * Looks through a zip without writing anything.
     *
     * @throws Refused if it is no valid plugin
     * @throws IOException if the file can't be read
     */
    static PluginZip inspect(Path file) throws IOException {
        var size = Files.size(file);
        if (size > MAX_ZIP) {
            throw Refused.invalid(
                    "The zip has %d MB; a plugin may have %d MB. Leave out what it does not need."
                            .formatted(size >> 20, MAX_ZIP >> 20));
        }
        try {
            countEntries(file);
            try (var zip = open(file)) {
                var entries = check(zip);
                var manifest = manifest(zip, entries);
                return new PluginZip(file, manifest, size, sha256(file));
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /**
     * Writes all files below {@code directory}, which must not exist.
     *
     * @throws Refused if the zip is damaged; what was written then stays behind
     */
    void extract(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Files.createDirectory(directory);
        try (var zip = open(file)) {
            var room = MAX_TOTAL;
            for (var entry : check(zip)) {
                var target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new ZipException("entry outside of the plugin");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    room -= copy(zip, entry, target, room);
                }
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw damaged(e);
        }
        if (!sha256(file).equals(sha256)) {
            throw new IOException("The zip was changed while it was unpacked: " + file);
        }
    }

    private static long copy(ZipFile zip, ZipArchiveEntry entry, Path target, long room)
            throws IOException {
        var sum = new CRC32();
        var buffer = new byte[64 << 10];
        var total = 0L;
        try (var in = zip.getInputStream(entry);
                var out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                total += length;
                if (total > entry.getSize() || total > room) {
                    throw new ZipException("an entry is longer than it says");
                }
                sum.update(buffer, 0, length);
                out.write(buffer, 0, length);
            }
        }
        if (total != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw new ZipException("'" + entry.getName() + "' does not match its checksum");
        }
        return total;
    }

    private static ZipFile open(Path file) throws IOException {
        return ZipFile.builder().setPath(file).setIgnoreLocalFileHeader(true).get();
    }

    /** The JDK's reader is frugal: it can count even what is meant to exhaust our memory. */
    private static void countEntries(Path file) throws IOException {
        try (var zip = new java.util.zip.ZipFile(file.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                throw Refused.invalid(
                        "The zip has %d entries; a plugin may have %d. Put classes into jars."
                                .formatted(zip.size(), MAX_ENTRIES));
            }
        }
    }

    private static List<ZipArchiveEntry> check(ZipFile zip) throws ZipException {
        var names = new ZipNames();
        var total = 0L;
        var entries = new ArrayList<ZipArchiveEntry>();
        for (var entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
            var name = entry.getName();
            if (entry.isUnixSymlink() || special(entry)) {
                throw Refused.invalid(
                        "The zip's entry '%s' is a link or device; zip plain files only."
                                .formatted(ZipNames.shown(name)));
            }
            names.add(name);
            if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
                throw Refused.invalid(
                        "The zip's entry '%s' is encrypted or packed in a way that is not known;"
                                        .formatted(ZipNames.shown(name))
                                + " use deflate without a password.");
            }
            if (entry.getSize() < 0 || entry.getCompressedSize() < 0) {
                throw new ZipException("an entry has no size");
            }
            total += entry.getSize();
            if (total > MAX_TOTAL || isBomb(entry)) {
                throw Refused.invalid(
                        ("The zip unpacks to too much (up to %d MB are allowed, and %d times an"
                                        + " entry's packed size); leave out what it does not need.")
                                .formatted(MAX_TOTAL >> 20, MAX_RATIO));
            }
            entries.add(entry);
        }
        return entries;
    }

    private static boolean special(ZipArchiveEntry entry) {
        var type = entry.getUnixMode() & 0xF000;
        return type != 0 && type != 0x8000 && type != 0x4000;
    }

    private static boolean isBomb(ZipArchiveEntry entry) {
        return entry.getSize() > RATIO_MATTERS_FROM
                && entry.getSize() / MAX_RATIO > entry.getCompressedSize();
    }

    private static PluginManifest manifest(ZipFile zip, List<ZipArchiveEntry> entries)
            throws IOException {
        for (var entry : entries) {
            if (entry.getName().equals(PluginManifest.FILE)) {
                try (var in = zip.getInputStream(entry)) {
                    return PluginManifest.read(new StringReader(text(in)));
                }
            }
        }
        throw Refused.invalid(
                ("The zip has no %s at its root, so it is no plugin; add one with at least"
                                + " plugin.id and plugin.version.")
                        .formatted(PluginManifest.FILE));
    }

    private static String text(InputStream in) throws IOException {
        var bytes = in.readNBytes(MAX_MANIFEST + 1);
        if (bytes.length > MAX_MANIFEST) {
            throw Refused.invalid(
                    "%s has more than %d KB; shorten it"
                            .formatted(PluginManifest.FILE, MAX_MANIFEST >> 10));
        }
        return new String(bytes, UTF_8);
    }

    static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), digest())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static Refused damaged(Exception e) {
        return new Refused(
                Refused.Why.INVALID,
                "The file is no zip, or it is damaged (%s); build or download it again."
                        .formatted(ZipNames.shown(String.valueOf(e.getMessage()))),
                e);
    }
}
