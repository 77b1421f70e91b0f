package io.headrace.engine.run;

import io.headrace.language.PipelineParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of the files that were parsed last, as much as has room. Any number of threads may use
 * it.
 *
 * @param <K> what tells files apart
 */
final class ParsedFiles<K> {

    private final long most;
    private final LinkedHashMap<K, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long kept;

    private record Entry(PipelineParser.Result result, long weight) {}

    /**
     * @param most characters of the texts that are remembered in all; what was used longest ago
     *     goes first
     */
    ParsedFiles(long most) {
        this.most = most;
    }

    /** Returns the SHA-256 of a file's name and text. */
    static ByteBuffer hash(String file, String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(file.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** Returns what is remembered, or null. */
    synchronized PipelineParser.@Nullable Result find(K key) {
        var entry = entries.get(key);
        return entry == null ? null : entry.result();
    }

    /**
     * Remembers a result.
     *
     * @param weight characters of the texts that it was made of; where it is more than all that has
     *     room, nothing is remembered
     */
    synchronized void add(K key, PipelineParser.Result result, long weight) {
        if (weight > most) {
            return;
        }
        var before = entries.put(key, new Entry(result, weight));
        kept += weight - (before == null ? 0 : before.weight());
        for (var oldest = entries.entrySet().iterator(); kept > most; ) {
            kept -= oldest.next().getValue().weight();
            oldest.remove();
        }
    }
}
