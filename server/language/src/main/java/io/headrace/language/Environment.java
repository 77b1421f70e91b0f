package io.headrace.language;

import io.headrace.language.expression.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Variables by name: those whose values are known, and those that are known later. Mutable. */
final class Environment {

    private final Map<String, String> known = new LinkedHashMap<>();
    private final Map<String, Expression> later = new LinkedHashMap<>();

    static Environment of(Map<String, String> values) {
        var environment = new Environment();
        environment.known.putAll(values);
        return environment;
    }

    static Environment copyOf(Environment other) {
        var environment = new Environment();
        environment.putAll(other);
        return environment;
    }

    @Nullable String value(String name) {
        return known.get(name);
    }

    /** Returns what gives the value when the job starts, or null. */
    @Nullable Expression later(String name) {
        return later.get(name);
    }

    void put(String name, String value) {
        later.remove(name);
        known.put(name, value);
    }

    void put(String name, Expression value) {
        known.remove(name);
        later.put(name, value);
    }

    void putIfAbsent(String name, String value) {
        if (!later.containsKey(name)) {
            known.putIfAbsent(name, value);
        }
    }

    /** Adds all variables of a level above. */
    void putAll(Environment above) {
        above.known.forEach(this::put);
        above.later.forEach(this::put);
    }

    /** Replaces the values of those for which {@code other} has one. */
    void replaceAll(Function<String, @Nullable String> other) {
        for (var name : names()) {
            var value = other.apply(name);
            if (value != null) {
                put(name, value);
            }
        }
    }

    Set<String> names() {
        var names = new TreeSet<>(known.keySet());
        names.addAll(later.keySet());
        return names;
    }

    Map<String, String> known() {
        return Collections.unmodifiableMap(known);
    }

    /** Returns what gives the values of the others when the job starts, as text. */
    Map<String, String> later() {
        if (later.isEmpty()) {
            return Map.of();
        }
        var printed = new LinkedHashMap<String, String>();
        later.forEach((name, value) -> printed.put(name, value.print()));
        return Collections.unmodifiableMap(printed);
    }
}
