package io.headrace.engine.artifact;

import io.headrace.api.ArtifactStore;
import io.headrace.api.StorageFullException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A store in a directory, with as much room as a test gives it. */
final class FolderStore implements ArtifactStore {

    private final Path directory;
    long room = Long.MAX_VALUE;

    /** Run after each blob was stored, before the one who stores it hears of it. */
    Runnable afterPut = () -> {};

    /** Run before a blob is deleted. */
    Runnable beforeDelete = () -> {};

    FolderStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public String type() {
        return "folder";
    }

    @Override
    public Blob put(InputStream bytes) throws IOException {
        var incoming = Files.createTempFile(directory, "incoming", "");
        var digest = sha256();
        var size = 0L;
        try {
            try (var out = Files.newOutputStream(incoming)) {
                var buffer = new byte[8192];
                for (int read; (read = bytes.read(buffer)) >= 0; size += read) {
                    if (size + read > room) {
                        throw new StorageFullException(
                                "the store has only " + room + " bytes left");
                    }
                    digest.update(buffer, 0, read);
                    out.write(buffer, 0, read);
                }
            }
            var blob = new Blob(HexFormat.of().formatHex(digest.digest()), size);
            Files.move(
                    incoming,
                    directory.resolve(blob.sha256()),
                    StandardCopyOption.REPLACE_EXISTING);
            afterPut.run();
            return blob;
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
        var bytes = Files.readAllBytes(directory.resolve(sha256));
        if (offset == 0 && !HexFormat.of().formatHex(sha256().digest(bytes)).equals(sha256)) {
            throw new IOException("blob " + sha256.substring(0, 8) + " is damaged");
        }
        var end = Math.min(bytes.length, offset + length);
        return new ByteArrayInputStream(bytes, (int) offset, (int) (end - offset));
    }

    @Override
    public boolean exists(String sha256) {
        return Files.exists(directory.resolve(sha256));
    }

    @Override
    public boolean delete(String sha256) throws IOException {
        beforeDelete.run();
        return Files.deleteIfExists(directory.resolve(sha256));
    }

    @Override
    public Stream<Blob> list() throws IOException {
        var blobs = new ArrayList<Blob>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                blobs.add(new Blob(file.getFileName().toString(), Files.size(file)));
            }
        }
        return blobs.stream();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
