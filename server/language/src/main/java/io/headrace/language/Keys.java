package io.headrace.language;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that one kind of map may have. Immutable once built. */
final class Keys {

    private final Map<String, String> canonical = new LinkedHashMap<>();
    private final Set<String> later = new LinkedHashSet<>();

    /** Adds a key; {@code aliases} are other spellings of it. */
    Keys key(String name, String... aliases) {
        canonical.put(name, name);
        for (var alias : aliases) {
            canonical.put(alias, name);
        }
        return this;
    }

    /** Adds keys that are settled but not built yet. */
    Keys later(String... names) {
        later.addAll(Set.of(names));
        return this;
    }

    /** Returns the name under which a spelling is read, or null if there is no such key. */
    @Nullable String canonical(String spelling) {
        return canonical.get(spelling);
    }

    boolean isLater(String spelling) {
        return later.contains(spelling);
    }

    /** Returns the names without their other spellings. */
    Collection<String> names() {
        return new LinkedHashSet<>(canonical.values());
    }

    /** Returns every spelling that is taken. */
    Collection<String> spellings() {
        return canonical.keySet();
    }
}
