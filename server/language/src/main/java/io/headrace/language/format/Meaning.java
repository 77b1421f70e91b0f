package io.headrace.language.format;

import io.headrace.language.schema.Shape;
import io.headrace.language.yaml.SourceText;
import io.headrace.language.yaml.YamlNode;
import io.headrace.language.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file says, whatever it looks like: equal for files that mean the same. */
final class Meaning {

    private Meaning() {}

    static List<Object> of(SourceText source, Shape shape) {
        var read = YamlReader.read(source);
        var meaning = new ArrayList<Object>();
        read.problems().forEach(problem -> meaning.add(problem.message()));
        read.roots().forEach(root -> meaning.add(of(root, shape)));
        return meaning;
    }

    private static Object of(YamlNode node, @Nullable Shape shape) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.isNull() ? List.of("nothing") : scalar.text();
            case YamlNode.Sequence(var items, _) ->
                    items.stream().map(item -> of(item, Shapes.item(shape))).toList();
            case YamlNode.Mapping map -> of(map, shape);
        };
    }

    private static Object of(YamlNode.Mapping map, @Nullable Shape shape) {
        var keys = map.entries().stream().map(entry -> entry.key().text()).toList();
        var level = Shapes.level(shape, keys);
        var ordered = new ArrayList<Object>();
        var settled = new HashMap<String, List<Object>>();
        for (var entry : map.entries()) {
            var name = entry.key().text();
            var value = of(entry.value(), Shapes.under(shape, level, name));
            var key = level == null ? null : level.key(name);
            if (key != null) {
                settled.computeIfAbsent(key.name(), _ -> new ArrayList<>()).add(value);
            } else if (level != null && name.startsWith("x-")) {
                settled.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            } else {
                ordered.add(List.of(name, value));
            }
        }
        return List.of(settled, ordered);
    }
}
