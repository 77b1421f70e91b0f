package io.headrace.language.schema;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of map in a pipeline file, such as a job, with the keys that it may have. Immutable.
 *
 * <p>Keys that begin with {@code x-} may stand in every level and are ignored.
 */
public final class Level {

    private final String name;
    private final String description;
    private final Frame frame;
    private final List<Key> keys;
    private final Shape.@Nullable MapOf others;
    private final Map<String, Key> bySpelling = new LinkedHashMap<>();

    /**
     * Where an example stands.
     *
     * @param before lines of a file up to the level
     * @param indent of the level's keys, in spaces
     * @param companions lines that the level needs besides
     */
    record Frame(String before, int indent, List<Companion> companions) {}

    /**
     * A line beside an example.
     *
     * @param unless examples of these keys make it needless
     */
    record Companion(List<String> unless, String line) {}

    private Level(
            String name,
            String description,
            Frame frame,
            List<Key> keys,
            Shape.@Nullable MapOf others) {
        this.name = name;
        this.description = description;
        this.frame = frame;
        this.keys = List.copyOf(keys);
        this.others = others;
        for (var key : keys) {
            key.spellings().forEach(spelling -> bySpelling.put(spelling, key));
        }
    }

    static Level of(String name, String description, Frame frame, Key... keys) {
        return new Level(name, description, frame, List.of(keys), null);
    }

    /** Lets the level have keys besides, whose names the author chooses. */
    Level others(Shape.MapOf shape) {
        return new Level(name, description, frame, keys, shape);
    }

    /** Returns what it is called, in lower case, such as {@code job}; unique. */
    public String name() {
        return name;
    }

    /** Returns one sentence. */
    public String description() {
        return description;
    }

    /** Returns the keys in the order in which people read them. */
    public List<Key> keys() {
        return keys;
    }

    /** Returns the shape of keys whose names the author chooses; null if there can be none. */
    public Shape.@Nullable MapOf others() {
        return others;
    }

    /** Returns the key of that spelling, or null if there is none. */
    public @Nullable Key key(String spelling) {
        return bySpelling.get(spelling);
    }

    /** Returns every spelling of every key. */
    public Collection<String> spellings() {
        return bySpelling.keySet();
    }

    /** Returns the name of every key. */
    public List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /** Returns a whole pipeline file around the example of one of this level's keys. */
    public String file(Key key) {
        var file = new StringBuilder(frame.before());
        var indent = " ".repeat(frame.indent());
        for (var companion : frame.companions()) {
            if (!companion.unless().contains(key.name())) {
                file.append(companion.line().indent(frame.indent()));
            }
        }
        key.example().lines().forEach(line -> file.append(indent).append(line).append('\n'));
        return file.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
