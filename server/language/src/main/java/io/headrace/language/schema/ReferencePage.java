package io.headrace.language.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the {@link Schema} as a page for people, in Markdown: every level, every key. */
public final class ReferencePage {

    private static final String BEGINNING =
            """
            # Every key of a pipeline file

            This page is made from the model that the parser reads its names, ranges and defaults from; each
            example is a part of a file that the tests parse. The [guide](../pipeline.md) explains how things work
            together, and how texts, conditions and paths are written. Editors learn the same from the
            [JSON Schema](../editors.md).

            Keys that begin with `x-` may stand in every map below and are ignored.

            """;

    private final StringBuilder page = new StringBuilder(BEGINNING);
    private final Map<Level, List<String>> places = new LinkedHashMap<>();

    private ReferencePage() {}

    /** Returns the page; equal texts for equal models. */
    public static String generate() {
        return new ReferencePage().write();
    }

    private String write() {
        for (var level : Schema.levels()) {
            for (var key : level.keys()) {
                key.shape()
                        .levels()
                        .distinct()
                        .forEach(inner ->
                                places.computeIfAbsent(inner, _ -> new ArrayList<>())
                                        .add(
                                                "[`%s`](#%s)"
                                                        .formatted(
                                                                key.name(), anchor(level, key))));
            }
        }
        page.append("| Map | Keys |\n|---|---|\n");
        for (var level : Schema.levels()) {
            page.append(
                    "| [%s](#%s) | %s |\n"
                            .formatted(
                                    level.name(),
                                    anchor(level),
                                    level.keys().stream()
                                            .map(key ->
                                                    "[`%s`](#%s)"
                                                            .formatted(
                                                                    key.name(), anchor(level, key)))
                                            .collect(Collectors.joining(", "))));
        }
        Schema.levels().forEach(this::level);
        return page.toString();
    }

    private static String anchor(Level level) {
        return level.name().replace(' ', '-').toLowerCase(Locale.ROOT);
    }

    /** What renderers make of the heading of a key. */
    private static String anchor(Level level, Key key) {
        return anchor(level) + "-" + key.name();
    }

    private void level(Level level) {
        page.append("\n## %s\n\n%s".formatted(level.name(), level.description()));
        var under = places.get(level);
        if (under != null) {
            page.append(" Stands under %s.".formatted(String.join(", ", under)));
        }
        page.append('\n');
        level.keys().forEach(key -> key(level, key));
        var others = level.others();
        if (others != null) {
            page.append("\n### %s: others\n\n".formatted(level.name()))
                    .append(
                            "Keys whose names you choose (%s: %s), each with %s.\n"
                                    .formatted(
                                            others.words(), others.rule(), type(others.value())));
        }
    }

    private void key(Level level, Key key) {
        page.append(
                "\n### %s `%s`\n\n%s\n\n".formatted(level.name(), key.name(), key.description()));
        if (!key.aliases().isEmpty()) {
            line(
                    "Also written",
                    key.aliases().stream()
                            .map("`%s`"::formatted)
                            .collect(Collectors.joining(", ")));
        }
        line("Type", type(key.shape()));
        line("Default", key.otherwise());
        line("Since", key.since());
        switch (key.support()) {
            case FULL -> {}
            case CARRIED -> line("Support", "checked and kept; nothing comes of it yet");
            case BLOCKS -> line("Support", "checked; a pipeline with it does not run yet");
        }
        page.append("\n```yml\n").append(key.example().strip()).append("\n```\n");
    }

    private void line(String name, String value) {
        page.append("- %s: %s\n".formatted(name, value));
    }

    private static String type(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text);
            case Shape.WholeNumber number ->
                    "%s, %d to %d".formatted(number.shown(), number.min(), number.max());
            case Shape.Decimal(var min, var max) -> "a number, %s to %s".formatted(min, max);
            case Shape.Truth _ -> "`true` or `false`";
            case Shape.Choice(var values) ->
                    values.size() == 1
                            ? "`%s`".formatted(values.getFirst())
                            : "one of "
                                    + values.stream()
                                            .map("`%s`"::formatted)
                                            .collect(Collectors.joining(", "));
            case Shape.Nothing _ -> "nothing";
            case Shape.Either(var shapes) ->
                    shapes.stream()
                            .map(ReferencePage::type)
                            .distinct()
                            .collect(Collectors.joining("; or "));
            case Shape.ListOf list -> list(list);
            case Shape.MapOf map ->
                    "a map of up to %,d: %s (%s), each with %s"
                            .formatted(map.max(), map.words(), map.rule(), type(map.value()));
            case Shape.Table(var level) ->
                    "a map: [%s](#%s)".formatted(level.name(), anchor(level));
        };
    }

    private static String text(Shape.Text text) {
        var words = new StringBuilder(text.words());
        if (!text.rule().isEmpty()) {
            words.append(" (").append(text.rule()).append(')');
        }
        return switch (text.use()) {
            case FIXED, COMMAND -> words.toString();
            case TEMPLATE -> words.append(", with expressions").toString();
            case CONDITION -> "[a condition](../pipeline.md#conditions)";
        };
    }

    private static String list(Shape.ListOf list) {
        var item = type(list.item());
        return list.singly() ? item + "; or a list of such" : "a list, each item " + item;
    }
}
