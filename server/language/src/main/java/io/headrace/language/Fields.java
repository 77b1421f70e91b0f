package io.headrace.language;

import io.headrace.language.schema.Key;
import io.headrace.language.schema.Level;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map of the file whose keys are known; keys are found by their canonical name. */
final class Fields {

    /**
     * A key with its value.
     *
     * @param name as written
     */
    record Field(String name, Mark mark, YamlNode value) {}

    private final Map<String, List<Field>> fields = new LinkedHashMap<>();
    private final List<YamlNode.Entry> others = new ArrayList<>();
    private final Level level;
    private final Mark mark;
    private final Report report;

    /** Reads the keys of {@code map} and reports those that it can't have. */
    Fields(YamlNode.Mapping map, Mark mark, Level level, Report report) {
        this.level = level;
        this.mark = mark;
        this.report = report;
        for (var entry : map.entries()) {
            read(entry);
        }
    }

    private void read(YamlNode.Entry entry) {
        var name = entry.key().text();
        var key = level.key(name);
        if (key != null) {
            fields.computeIfAbsent(key.name(), _ -> new ArrayList<>())
                    .add(new Field(name, entry.key().mark(), entry.value()));
        } else if (name.startsWith("x-")) {
            // A place for anchors.
        } else if (level.others() != null) {
            others.add(entry);
        } else if (!report.problems().full()) {
            var habit = Habits.key(level, name);
            report.error(
                    ProblemCode.UNKNOWN_KEY,
                    entry.key().mark(),
                    "unknown key '%s'".formatted(name),
                    habit != null
                            ? habit
                            : Spelling.suggestion(
                                    name, level.spellings(), level.names(), "the keys here"));
        }
    }

    /** Warns of a key whose value asks for something that this server does nothing with yet. */
    void notYet(String key) {
        var field = fields.get(key);
        if (field != null) {
            report.notYet(key(key).support(), field.getFirst().mark(), key);
        }
    }

    /** Returns what the schema says of a key of this level. */
    Key key(String name) {
        var key = level.key(name);
        if (key == null) {
            throw new IllegalArgumentException("%s has no key '%s'".formatted(level, name));
        }
        return key;
    }

    /** Returns the entries whose keys the author chose, without those that are to be ignored. */
    List<YamlNode.Entry> others() {
        return others;
    }

    Report report() {
        return report;
    }

    /** Returns where the map is named. */
    Mark mark() {
        return mark;
    }

    boolean has(String key) {
        return fields.containsKey(key);
    }

    /** Returns the field, or null; a second spelling of it is a problem. */
    @Nullable Field get(String key) {
        var all = fields.get(key);
        if (all == null) {
            return null;
        }
        for (var second : all.subList(1, all.size())) {
            report.error(
                    ProblemCode.TWO_SPELLINGS,
                    second.mark(),
                    "'%s' means the same as '%s' on line %d"
                            .formatted(
                                    second.name(),
                                    all.getFirst().name(),
                                    all.getFirst().mark().line()),
                    "keep one of the two");
        }
        return all.getFirst();
    }

    /** Returns every spelling of a field, for keys whose values are merged. */
    List<Field> all(String key) {
        return fields.getOrDefault(key, List.of());
    }

    /** Returns a field that must be there, or null after reporting that it isn't. */
    @Nullable Field require(String key, String fix) {
        var field = get(key);
        if (field == null) {
            report.error(ProblemCode.MISSING_KEY, mark, "'%s' is missing".formatted(key), fix);
        }
        return field;
    }
}
