package io.headrace.language.yaml;

import java.util.List;

/** A piece of YAML: text, a list or a map. Immutable, and free of cycles. */
public sealed interface YamlNode {

    /** Returns where it stands; for what came through an alias, where it was written. */
    Mark mark();

    /** Returns what it is, for messages: {@code text}, {@code a list} or {@code a map}. */
    String kind();

    /**
     * Text, exactly as written: {@code 1.20} stays {@code 1.20}, {@code no} stays {@code no}.
     *
     * @param text without quotes, escapes resolved
     */
    record Scalar(String text, Style style, Mark mark) implements YamlNode {

        /** Tells whether there is no value, as in {@code key:} or {@code key: null}. */
        public boolean isNull() {
            return style == Style.PLAIN
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "text";
        }
    }

    /** How a scalar is written. */
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        /** After {@code |}. */
        LITERAL,
        /** After {@code >}. */
        FOLDED
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Mark mark) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map; its keys are unique and in the order of the file, merged ones last. */
    record Mapping(List<Entry> entries, Mark mark) implements YamlNode {

        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** One line of a map. */
    record Entry(Scalar key, YamlNode value) {}
}
