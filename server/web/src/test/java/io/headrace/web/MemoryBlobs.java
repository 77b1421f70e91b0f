package io.headrace.web;

import io.headrace.api.ArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps blobs until the process ends. */
final class MemoryBlobs implements ArtifactStore {

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public Blob put(InputStream bytes) throws IOException {
        var all = bytes.readAllBytes();
        var hash = hash(all);
        blobs.put(hash, all);
        return new Blob(hash, all.length);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
        var bytes = blobs.get(sha256);
        if (bytes == null) {
            throw new NoSuchFileException(sha256);
        }
        var end = Math.min(bytes.length, offset + length);
        return new ByteArrayInputStream(bytes, (int) offset, (int) (end - offset));
    }

    @Override
    public boolean exists(String sha256) {
        return blobs.containsKey(sha256);
    }

    @Override
    public boolean delete(String sha256) {
        return blobs.remove(sha256) != null;
    }

    @Override
    public Stream<Blob> list() {
        return blobs.entrySet().stream().map(e -> new Blob(e.getKey(), e.getValue().length));
    }
}
