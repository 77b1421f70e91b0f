package io.headrace.language.schema;

import io.headrace.language.yaml.CoreValues;
import io.headrace.language.yaml.SourceText;
import io.headrace.language.yaml.YamlNode;
import io.headrace.language.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@link Schema} as a JSON Schema (draft 2020-12), for editors: they complete keys, show
 * what they mean and mark what is wrong while somebody types.
 *
 * <p>Whatever the parser takes, the JSON Schema takes. The reverse can't hold: no schema sees a
 * cycle, a name that nobody declared or a flaw inside an expression.
 */
public final class JsonSchema {

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    /** Ignored in every level. */
    private static final String PRIVATE_KEYS = "^x-";

    /** Where one of these stands in a text, its value is not known yet. */
    private static final String EXPRESSION = "\\$\\{";

    private static final String DOT_MATCHES_ALL = "(?s)";
    private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");

    private JsonSchema() {}

    /**
     * Returns the schema of a whole file, as maps, lists, texts, numbers and booleans that any
     * library for JSON can write. Each call returns an equal, new one.
     */
    public static Map<String, Object> generate() {
        var root = new LinkedHashMap<String, Object>();
        root.put("$schema", DRAFT);
        root.put("title", "Headrace pipeline");
        root.put("description", Schema.PIPELINE.description());
        root.put("$ref", ref(Schema.PIPELINE));
        var definitions = new LinkedHashMap<String, Object>();
        Schema.levels().forEach(level -> definitions.put(name(level), level(level)));
        root.put("$defs", definitions);
        return root;
    }

    private static String name(Level level) {
        return level.name().replace(' ', '-');
    }

    private static String ref(Level level) {
        return "#/$defs/" + name(level);
    }

    private static Map<String, Object> level(Level level) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", level.description());
        schema.put("type", "object");
        var properties = new LinkedHashMap<String, Object>();
        var conditions = new ArrayList<Map<String, Object>>();
        var required = new ArrayList<String>();
        for (var key : level.keys()) {
            properties.put(key.name(), property(key));
            for (var alias : key.aliases()) {
                properties.put(alias, alias(level, key));
            }
            if (key.required() && key.aliases().isEmpty()) {
                required.add(key.name());
            } else if (key.required()) {
                conditions.add(Map.of("anyOf", each(key.spellings())));
            }
        }
        schema.put("properties", properties);
        var patterns = new LinkedHashMap<String, Object>();
        patterns.put(PRIVATE_KEYS, true);
        var others = level.others();
        if (others != null) {
            patterns.put(otherName(level, others), shape(others.value()));
        }
        schema.put("patternProperties", patterns);
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!conditions.isEmpty()) {
            schema.put("allOf", conditions);
        }
        return schema;
    }

    /** Returns a pattern of names that are neither settled nor ignored. */
    private static String otherName(Level level, Shape.MapOf others) {
        return "^(?!x-)(?!(?:%s)$)%s"
                .formatted(String.join("|", level.spellings()), whole(others.name()).substring(1));
    }

    private static List<Map<String, Object>> each(List<String> spellings) {
        return spellings.stream()
                .map(spelling -> Map.<String, Object>of("required", List.of(spelling)))
                .toList();
    }

    private static Map<String, Object> alias(Level level, Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", "The same as '%s'. %s".formatted(key.name(), described(key)));
        schema.put("$ref", "%s/properties/%s".formatted(ref(level), key.name()));
        return schema;
    }

    private static Map<String, Object> property(Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", described(key));
        schema.putAll(shape(key.shape()));
        var standard = key.defaultValue();
        if (standard != null) {
            schema.put("default", value(standard));
        }
        var example = example(key);
        if (example != null) {
            schema.put("examples", List.of(example));
        }
        return schema;
    }

    private static String described(Key key) {
        var text = new StringBuilder(key.description());
        text.append(" Default: ").append(key.otherwise().replace("`", "")).append('.');
        switch (key.support()) {
            case FULL -> {}
            case CARRIED -> text.append(" Checked and kept, but nothing comes of it yet.");
            case BLOCKS -> text.append(" Checked, but a pipeline with it does not run yet.");
        }
        return text.toString();
    }

    private static Object value(String yaml) {
        var roots = YamlReader.read(new SourceText("default", yaml)).roots();
        var value = roots.isEmpty() ? null : CoreValues.of(roots.getFirst());
        return value == null ? yaml : value;
    }

    /** Returns the value that the example gives the key; null where it gives none. */
    private static @Nullable Object example(Key key) {
        var roots = YamlReader.read(new SourceText("example", key.example())).roots();
        if (!roots.isEmpty() && roots.getFirst() instanceof YamlNode.Mapping(var entries, _)) {
            for (var entry : entries) {
                if (entry.key().text().equals(key.name())) {
                    return CoreValues.of(entry.value());
                }
            }
        }
        return null;
    }

    private static Map<String, Object> shape(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text);
            case Shape.WholeNumber number -> {
                var schema = scalar("integer", "string");
                schema.put("minimum", number.min());
                schema.put("maximum", number.max());
                // Quotes change nothing for us: the parser reads the text.
                schema.put("pattern", "^-?[0-9]{1,9}$");
                yield schema;
            }
            case Shape.Decimal(var min, var max) -> {
                var schema = scalar("number", "string");
                schema.put("minimum", min);
                schema.put("maximum", max);
                schema.put("pattern", "^-?[0-9]+(?:\\.[0-9]+)?$");
                yield schema;
            }
            case Shape.Truth _ -> of("enum", List.of(true, false, "true", "false"));
            case Shape.Choice(var values) -> of("enum", values);
            case Shape.Nothing _ -> of("type", "null");
            case Shape.Either(var shapes) -> anyOf(shapes.stream().map(JsonSchema::shape).toList());
            case Shape.ListOf list -> list(list);
            case Shape.MapOf map -> map(map);
            case Shape.Table(var level) -> of("$ref", ref(level));
        };
    }

    private static Map<String, Object> text(Shape.Text text) {
        var pattern = text.pattern();
        var types = new ArrayList<>(List.of("string"));
        if (pattern == null || pattern.matcher("1").matches() || pattern.matcher("1.5").matches()) {
            types.add("number");
        }
        if (pattern == null || pattern.matcher("true").matches()) {
            types.add("boolean");
        }
        var schema = scalar(types.toArray(String[]::new));
        if (text.maxLength() != Integer.MAX_VALUE) {
            schema.put("maxLength", text.maxLength());
        }
        if (pattern != null && text.use() == Shape.Use.FIXED) {
            schema.put("pattern", whole(pattern));
        } else if (pattern != null) {
            schema.put("pattern", "%s|%s".formatted(whole(pattern), EXPRESSION));
        }
        return schema;
    }

    private static Map<String, Object> list(Shape.ListOf list) {
        var item = shape(list.item());
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "array");
        schema.put("items", item);
        if (list.min() > 0) {
            schema.put("minItems", list.min());
        }
        schema.put("maxItems", list.max());
        return list.singly() ? anyOf(List.of(item, schema)) : schema;
    }

    private static Map<String, Object> map(Shape.MapOf map) {
        var schema = new LinkedHashMap<String, Object>();
        boolean lenient = isTemplate(map.value());
        schema.put("type", lenient ? List.of("object", "null") : "object");
        var value = shape(map.value());
        schema.put(
                "patternProperties",
                of(
                        whole(map.name()),
                        // A variable without a value is empty.
                        lenient ? anyOf(List.of(value, of("type", "null"))) : value));
        schema.put("additionalProperties", false);
        schema.put("maxProperties", map.max());
        return schema;
    }

    private static boolean isTemplate(Shape shape) {
        return shape.alternative(Shape.Text.class)
                .filter(text -> text.use() == Shape.Use.TEMPLATE)
                .isPresent();
    }

    /** Joins alternatives; those that are alternatives themselves become part of the list. */
    private static Map<String, Object> anyOf(List<Map<String, Object>> schemas) {
        var all = new LinkedHashSet<Object>();
        for (var schema : schemas) {
            if (schema.size() == 1 && schema.get("anyOf") instanceof List<?> inner) {
                all.addAll(inner);
            } else {
                all.add(schema);
            }
        }
        return of("anyOf", List.copyOf(all));
    }

    private static Map<String, Object> scalar(String... types) {
        return of("type", types.length == 1 ? types[0] : List.of(types));
    }

    private static Map<String, Object> of(String key, Object value) {
        var map = new LinkedHashMap<String, Object>();
        map.put(key, value);
        return map;
    }

    /** Returns a pattern that says the same in the dialect of JavaScript. */
    private static String whole(Pattern pattern) {
        var text = pattern.pattern();
        if (text.startsWith(DOT_MATCHES_ALL)) {
            text = DOT.matcher(text.substring(DOT_MATCHES_ALL.length())).replaceAll("[\\\\s\\\\S]");
        }
        return "^(?:%s)$".formatted(text);
    }
}
