package io.headrace.engine.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Knows the secrets of a job, and replaces them by {@code «NAME»} wherever they appear. Immutable;
 * any number of threads may use it.
 */
public final class Masker {

    /** Characters that a secret needs at least; a shorter one would be found everywhere. */
    public static final int MIN_LENGTH = 4;

    /** Masks nothing, at no cost. */
    public static final Masker NONE = new Masker(null);

    private final @Nullable SecretTrie trie;

    private Masker(@Nullable SecretTrie trie) {
        this.trie = trie;
    }

    /**
     * Makes a masker that finds secrets as they are and in the encodings in which they leak: line
     * by line, in JSON, base64 and URLs, quoted for a shell, with colours in between.
     *
     * @param secrets values by name; those shorter than {@link #MIN_LENGTH} are not masked, so
     *     refuse them when they are entered
     */
    public static Masker of(Map<String, String> secrets) {
        var forms = new LinkedHashMap<String, SecretTrie.Secret>();
        secrets.forEach((name, value) -> {
            for (var form : SecretForms.of(value)) {
                forms.putIfAbsent(form.text(), new SecretTrie.Secret(name, form.wraps()));
            }
        });
        return forms.isEmpty() ? NONE : new Masker(SecretTrie.of(forms));
    }

    /** Returns {@code text} with all secrets replaced. */
    public String mask(String text) {
        if (trie == null) {
            return text;
        }
        var masked = new Gathered();
        var filter = new SecretFilter(trie, masked, new ReentrantLock());
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        filter.take(bytes, 0, bytes.length);
        filter.end();
        return masked.out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Returns a sink that gives {@code next} what it is given, secrets replaced.
     *
     * @param lock that callers hold whenever they use the sink
     */
    ByteSink stream(ByteSink next, ReentrantLock lock) {
        return trie == null ? next : new SecretFilter(trie, next, lock);
    }

    /** Keeps what it takes. */
    private static final class Gathered implements ByteSink {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        @Override
        public void take(byte[] bytes, int offset, int length) {
            out.write(bytes, offset, length);
        }

        @Override
        public void end() {
            // Everything is there.
        }
    }
}
