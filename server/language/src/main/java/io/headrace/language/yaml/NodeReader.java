package io.headrace.language.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Makes our tree of the events of the YAML library: merge keys applied, aliases bounded. There is
 * no tree of the library's in between, which would take more memory than all else.
 */
final class NodeReader {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_SCALARS = 200_000;
    private static final long MAX_REPEATED = 100_000;
    private static final String MERGE = "<<";
    private static final Set<String> PLAIN_TAGS =
            Set.of(
                    Tag.STR.getValue(),
                    Tag.INT.getValue(),
                    Tag.FLOAT.getValue(),
                    Tag.BOOL.getValue(),
                    Tag.NULL.getValue(),
                    Tag.TIMESTAMP.getValue(),
                    Tag.MERGE.getValue(),
                    Tag.SEQ.getValue(),
                    Tag.MAP.getValue());

    /**
     * What was read; {@code size} counts its elements as if aliases were written out.
     *
     * @param merges whether it is the key that merges other maps
     */
    private record Read(YamlNode node, long size, boolean merges) {

        Read(YamlNode node, long size) {
            this(node, size, false);
        }
    }

    /** What an anchor names: null while it is being read, and how often it was named meanwhile. */
    private static final class Anchored {
        private @Nullable Read read;
        private int inside;
    }

    private final Parser parser;
    private final SourceText source;
    private final List<YamlProblem> problems;
    private final Map<String, Anchored> anchors = new HashMap<>();
    // Keys are few and stand in a file often.
    private final Map<String, String> keys = new HashMap<>();
    private int depth;
    private int scalars;
    private long own;

    NodeReader(Parser parser, SourceText source, List<YamlProblem> problems) {
        this.parser = parser;
        this.source = source;
        this.problems = problems;
    }

    /** Tells whether there is another document. */
    boolean hasNext() {
        if (parser.checkEvent(Event.ID.StreamStart)) {
            parser.getEvent();
        }
        return !parser.checkEvent(Event.ID.StreamEnd);
    }

    /**
     * Reads a document.
     *
     * @return null if nothing of it can be used
     * @throws YAMLException if it is not YAML, or too deep or too large
     */
    @Nullable YamlNode next() {
        parser.getEvent();
        own = 0;
        var root = node();
        parser.getEvent();
        anchors.clear();
        if (root.size - own > MAX_REPEATED) {
            report(
                    root.node.mark(),
                    YamlProblem.Kind.ALIAS,
                    "the file's aliases repeat more than 100,000 elements",
                    "write fewer aliases of aliases");
            return null;
        }
        return root.node;
    }

    private Read node() {
        var event = (NodeEvent) parser.getEvent();
        if (event instanceof AliasEvent) {
            return alias(event);
        }
        own++;
        var anchor = event.getAnchor();
        return anchor == null ? written(event) : anchored(event, anchor);
    }

    private Read anchored(NodeEvent event, String anchor) {
        var anchored = new Anchored();
        anchors.put(anchor, anchored);
        var read = written(event);
        anchored.read = read;
        for (int i = 0; i < anchored.inside; i++) {
            report(
                    read.node.mark(),
                    YamlProblem.Kind.ALIAS,
                    "an alias stands inside what it repeats",
                    "remove the alias");
        }
        return read;
    }

    private Read written(NodeEvent event) {
        return event instanceof ScalarEvent scalar
                ? scalar(scalar)
                : collection((CollectionStartEvent) event);
    }

    private Read alias(NodeEvent event) {
        var anchored = anchors.get(event.getAnchor());
        if (anchored == null) {
            throw new UndefinedAlias(event);
        }
        if (anchored.read == null) {
            anchored.inside++;
            return new Read(new YamlNode.Scalar("", YamlNode.Style.PLAIN, mark(event, event)), 1);
        }
        return anchored.read;
    }

    /** Tells of it as the library does of what is not YAML. */
    private static final class UndefinedAlias extends MarkedYAMLException {

        private static final long serialVersionUID = 1;

        UndefinedAlias(NodeEvent event) {
            super(
                    null,
                    null,
                    SyntaxErrors.UNDEFINED_ALIAS + event.getAnchor(),
                    event.getStartMark());
        }
    }

    private Read scalar(ScalarEvent event) {
        if (++scalars > MAX_SCALARS) {
            throw new YAMLException(SyntaxErrors.TOO_MANY);
        }
        var style =
                switch (event.getScalarStyle()) {
                    case SINGLE_QUOTED -> YamlNode.Style.SINGLE_QUOTED;
                    case DOUBLE_QUOTED -> YamlNode.Style.DOUBLE_QUOTED;
                    case LITERAL -> YamlNode.Style.LITERAL;
                    case FOLDED -> YamlNode.Style.FOLDED;
                    default -> YamlNode.Style.PLAIN;
                };
        var mark = mark(event, event);
        var tag = strangeTag(event.getTag());
        if (tag != null) {
            return refused(tag, event.getValue(), mark);
        }
        boolean merges =
                event.getImplicit().canOmitTagInPlainScalar() && event.getValue().equals(MERGE);
        return new Read(new YamlNode.Scalar(event.getValue(), style, mark), 1, merges);
    }

    private Read collection(CollectionStartEvent start) {
        if (++depth > MAX_DEPTH) {
            throw new YAMLException(SyntaxErrors.TOO_DEEP);
        }
        int known = problems.size();
        var tag = strangeTag(start.getTag());
        var read = start instanceof MappingStartEvent ? mapping(start) : sequence(start);
        depth--;
        if (tag == null) {
            return read;
        }
        problems.subList(known, problems.size()).clear();
        return refused(tag, "", read.node.mark());
    }

    /** Returns a tag as it is shown if we can't do anything with it. */
    private static @Nullable String strangeTag(@Nullable String tag) {
        if (tag == null || tag.equals("!") || PLAIN_TAGS.contains(tag)) {
            return null;
        }
        return new Tag(tag).getValue().replace(Tag.PREFIX, "!!");
    }

    /** Keeps the text as it was meant, so that one mistake is not reported twice. */
    private Read refused(String tag, String text, Mark mark) {
        report(
                mark,
                YamlProblem.Kind.UNSUPPORTED,
                "the tag '%s' is not supported".formatted(tag),
                "remove it; if the value begins with '!', put the value in quotes");
        return new Read(
                new YamlNode.Scalar((tag + " " + text).strip(), YamlNode.Style.SINGLE_QUOTED, mark),
                1);
    }

    private Read sequence(CollectionStartEvent start) {
        var items = new ArrayList<YamlNode>();
        long size = 1;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            var item = node();
            items.add(item.node);
            size = plus(size, item.size);
        }
        return new Read(new YamlNode.Sequence(items, mark(start, parser.getEvent())), size);
    }

    private Read mapping(CollectionStartEvent start) {
        var entries = new LinkedHashMap<String, YamlNode.Entry>();
        var merged = new ArrayList<YamlNode.Mapping>();
        long size = 1;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            int known = problems.size();
            var key = node();
            if (key.node instanceof YamlNode.Scalar name) {
                var value = node();
                size = plus(size, value.size + 1);
                if (key.merges) {
                    collectMerged(name, value.node, merged);
                } else {
                    add(entries, new YamlNode.Entry(shared(name), value.node));
                }
            } else {
                node();
                problems.subList(known, problems.size()).clear();
                report(
                        key.node.mark(),
                        YamlProblem.Kind.SYNTAX,
                        "a key must be text, but this is a list or a map",
                        "put a value that begins with '{' or '[' in quotes; an expression is"
                                + " written ${{ … }}");
            }
        }
        for (var map : merged) {
            map.entries().forEach(entry -> entries.putIfAbsent(entry.key().text(), entry));
        }
        return new Read(
                new YamlNode.Mapping(List.copyOf(entries.values()), mark(start, parser.getEvent())),
                size);
    }

    private YamlNode.Scalar shared(YamlNode.Scalar key) {
        return new YamlNode.Scalar(
                keys.computeIfAbsent(key.text(), text -> text), key.style(), key.mark());
    }

    private void collectMerged(YamlNode.Scalar key, YamlNode value, List<YamlNode.Mapping> merged) {
        var values = value instanceof YamlNode.Sequence list ? list.items() : List.of(value);
        for (var each : values) {
            if (each instanceof YamlNode.Mapping map) {
                merged.add(map);
            } else {
                report(
                        key.mark(),
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
            report(
                    key.mark(),
                    YamlProblem.Kind.DUPLICATE_KEY,
                    "'%s' is given twice; it is already on line %d"
                            .formatted(key.text(), earlier.key().mark().line()),
                    "keep one of the two");
        }
    }

    private void report(Mark mark, YamlProblem.Kind kind, String message, String fix) {
        problems.add(new YamlProblem(mark, kind, message, fix));
    }

    /** Adds without overflow: nested aliases can stand for more elements than a long can count. */
    private static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE / 2 : Math.min(sum, Long.MAX_VALUE / 2);
    }

    private Mark mark(Event first, Event last) {
        var start = first.getStartMark();
        var end = last.getEndMark();
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
