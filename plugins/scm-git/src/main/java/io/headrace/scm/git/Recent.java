package io.headrace.scm.git;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps what was used last. Safe for all threads. */
final class Recent<K, V> {

    private final Map<K, V> kept;

    /**
     * @param most how many are kept
     */
    Recent(int most) {
        kept =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > most;
                    }
                };
    }

    synchronized Optional<V> find(K key) {
        return Optional.ofNullable(kept.get(key));
    }

    synchronized void add(K key, V value) {
        kept.put(key, value);
    }
}
