package io.headrace.language.yaml;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns one document of the YAML library into our tree: merge keys applied, aliases bounded. */
final class NodeConverter {

    private static final long MAX_REPEATED = 100_000;
    private static final YamlNode NOTHING =
            new YamlNode.Scalar("", YamlNode.Style.PLAIN, Mark.START);
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(
                    Tag.STR,
                    Tag.INT,
                    Tag.FLOAT,
                    Tag.BOOL,
                    Tag.NULL,
                    Tag.TIMESTAMP,
                    Tag.MERGE,
                    Tag.SEQ,
                    Tag.MAP);

    /** A converted node; {@code size} counts its elements as if aliases were written out. */
    private record Converted(YamlNode node, long size) {}

    private final SourceText source;
    private final List<YamlProblem> problems;
    private final IdentityHashMap<Node, @Nullable Converted> seen = new IdentityHashMap<>();
    private long own;

    NodeConverter(SourceText source, List<YamlProblem> problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Returns null if nothing of the document can be used. */
    @Nullable YamlNode convert(Node root) {
        var converted = visit(root);
        if (converted.size - own > MAX_REPEATED) {
            problems.add(
                    new YamlProblem(
                            mark(root, source),
                            YamlProblem.Kind.ALIAS,
                            "the file's aliases repeat more than 100,000 elements",
                            "write fewer aliases of aliases"));
            return null;
        }
        return converted.node;
    }

    private Converted visit(Node node) {
        if (seen.containsKey(node)) {
            var known = seen.get(node);
            if (known != null) {
                return known;
            }
            report(
                    node,
                    YamlProblem.Kind.ALIAS,
                    "an alias stands inside what it repeats",
                    "remove the alias");
            return new Converted(NOTHING, 1);
        }
        seen.put(node, null);
        own++;
        if (!PLAIN_TAGS.contains(node.getTag())) {
            return refused(node);
        }
        var converted =
                switch (node) {
                    case ScalarNode scalar -> new Converted(scalar(scalar), 1);
                    case SequenceNode sequence -> sequence(sequence);
                    case MappingNode mapping -> mapping(mapping);
                    default -> throw new IllegalStateException("unresolved " + node.getNodeId());
                };
        seen.put(node, converted);
        return converted;
    }

    /** Keeps the text as it was meant, so that one mistake is not reported twice. */
    private Converted refused(Node node) {
        report(
                node,
                YamlProblem.Kind.UNSUPPORTED,
                "the tag '%s' is not supported".formatted(shown(node.getTag())),
                "remove it; if the value begins with '!', put the value in quotes");
        var text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        var meant = (shown(node.getTag()) + " " + text).strip();
        var converted =
                new Converted(
                        new YamlNode.Scalar(
                                meant, YamlNode.Style.SINGLE_QUOTED, mark(node, source)),
                        1);
        seen.put(node, converted);
        return converted;
    }

    private YamlNode.Scalar scalar(ScalarNode node) {
        var style =
                switch (node.getScalarStyle()) {
                    case DumperOptions.ScalarStyle.SINGLE_QUOTED -> YamlNode.Style.SINGLE_QUOTED;
                    case DumperOptions.ScalarStyle.DOUBLE_QUOTED -> YamlNode.Style.DOUBLE_QUOTED;
                    case DumperOptions.ScalarStyle.LITERAL -> YamlNode.Style.LITERAL;
                    case DumperOptions.ScalarStyle.FOLDED -> YamlNode.Style.FOLDED;
                    default -> YamlNode.Style.PLAIN;
                };
        return new YamlNode.Scalar(node.getValue(), style, mark(node, source));
    }

    private Converted sequence(SequenceNode node) {
        var items = new ArrayList<YamlNode>();
        long size = 1;
        for (var item : node.getValue()) {
            var converted = visit(item);
            items.add(converted.node);
            size = plus(size, converted.size);
        }
        return new Converted(new YamlNode.Sequence(items, mark(node, source)), size);
    }

    private Converted mapping(MappingNode node) {
        var entries = new LinkedHashMap<String, YamlNode.Entry>();
        var merged = new ArrayList<YamlNode.Mapping>();
        long size = 1;
        for (var tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode keyNode) {
                own++;
                var value = visit(tuple.getValueNode());
                size = plus(size, value.size + 1);
                if (keyNode.getTag().equals(Tag.MERGE)) {
                    collectMerged(tuple, value.node, merged);
                } else {
                    add(entries, new YamlNode.Entry(scalar(keyNode), value.node));
                }
            } else {
                report(
                        tuple.getKeyNode(),
                        YamlProblem.Kind.SYNTAX,
                        "a key must be text, but this is a list or a map",
                        "put a value that begins with '{' or '[' in quotes; an expression is"
                                + " written ${{ … }}");
            }
        }
        for (var map : merged) {
            map.entries().forEach(entry -> entries.putIfAbsent(entry.key().text(), entry));
        }
        return new Converted(
                new YamlNode.Mapping(List.copyOf(entries.values()), mark(node, source)), size);
    }

    private void collectMerged(NodeTuple tuple, YamlNode value, List<YamlNode.Mapping> merged) {
        var values = value instanceof YamlNode.Sequence list ? list.items() : List.of(value);
        for (var each : values) {
            if (each instanceof YamlNode.Mapping map) {
                merged.add(map);
            } else {
                report(
                        tuple.getKeyNode(),
                        YamlProblem.Kind.ALIAS,
                        "'<<' merges maps, but this is " + each.kind(),
                        "name the anchor of a map, such as '<<: *defaults'");
            }
        }
    }

    private void add(Map<String, YamlNode.Entry> entries, YamlNode.Entry entry) {
        var key = entry.key();
        var earlier = entries.putIfAbsent(key.text(), entry);
        if (earlier != null) {
            problems.add(
                    new YamlProblem(
                            key.mark(),
                            YamlProblem.Kind.DUPLICATE_KEY,
                            "'%s' is given twice; it is already on line %d"
                                    .formatted(key.text(), earlier.key().mark().line()),
                            "keep one of the two"));
        }
    }

    private void report(Node node, YamlProblem.Kind kind, String message, String fix) {
        problems.add(new YamlProblem(mark(node, source), kind, message, fix));
    }

    private static String shown(Tag tag) {
        return tag.getValue().replace(Tag.PREFIX, "!!");
    }

    /** Adds without overflow: nested aliases can stand for more elements than a long can count. */
    private static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE / 2 : Math.min(sum, Long.MAX_VALUE / 2);
    }

    static Mark mark(Node node, SourceText source) {
        var start = node.getStartMark();
        var end = node.getEndMark();
        int line = start.getLine() + 1;
        int column = start.getColumn() + 1;
        if (end.getLine() == start.getLine()) {
            return new Mark(source.index(), line, column, end.getColumn() - start.getColumn());
        }
        var text = source.line(line).stripTrailing();
        return new Mark(
                source.index(), line, column, text.codePointCount(0, text.length()) - column + 1);
    }
}
