package io.headrace.language.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names places of a file by the keys that lead there, such as {@code jobs.build.steps[1].timeout}.
 * What came through an alias has the name of where it was written. For one thread.
 */
public final class YamlPaths {

    private static final Pattern PLAIN = Pattern.compile("[\\w-]+");

    private static final Comparator<Mark> BY_START =
            Comparator.comparingInt(Mark::line).thenComparingInt(Mark::column);

    /** A key, or an item of a list: its name is put together when it is asked for. */
    private record Place(@Nullable Place parent, String step) {

        String path() {
            var steps = new ArrayList<String>();
            for (var at = this; at != null; at = at.parent()) {
                steps.add(at.step());
            }
            var path = String.join("", steps.reversed());
            return path.startsWith(".") ? path.substring(1) : path;
        }
    }

    private final Map<Mark, Place> exact = new HashMap<>();
    private final TreeMap<Mark, Place> starts = new TreeMap<>(BY_START);
    private final Set<YamlNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Looks at all documents of a file, in time linear in its text. */
    public YamlPaths(List<YamlNode> roots) {
        for (var root : roots) {
            if (!(root instanceof YamlNode.Scalar)) {
                inside(root, null);
            }
        }
    }

    /** Returns the name of what stands at {@code mark}; empty for the file as a whole. */
    public String at(Mark mark) {
        if (mark.line() == 1 && mark.column() == 1 && mark.length() == 1) {
            return "";
        }
        var known = exact.get(mark.in(0));
        if (known != null) {
            return known.path();
        }
        var before = starts.floorEntry(mark);
        return before == null ? "" : before.getValue().path();
    }

    private void inside(YamlNode node, @Nullable Place place) {
        if (!seen.add(node)) {
            return;
        }
        switch (node) {
            case YamlNode.Scalar _ -> {}
            case YamlNode.Sequence(var items, _) -> {
                for (int i = 0; i < items.size(); i++) {
                    var item = new Place(place, "[" + i + "]");
                    add(items.get(i).mark(), item);
                    inside(items.get(i), item);
                }
            }
            case YamlNode.Mapping(var entries, _) -> {
                for (var entry : entries) {
                    var key = new Place(place, step(entry.key().text()));
                    add(entry.key().mark(), key);
                    add(entry.value().mark(), key);
                    inside(entry.value(), key);
                }
            }
        }
    }

    private void add(Mark mark, Place place) {
        exact.putIfAbsent(mark.in(0), place);
        starts.putIfAbsent(mark, place);
    }

    private static String step(String key) {
        return PLAIN.matcher(key).matches()
                ? "." + key
                : "[\"%s\"]".formatted(key.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
