package io.headrace.language;

import io.headrace.language.yaml.YamlNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks paths that must stay in the workspace. */
final class Paths {

    private static final int MAX_LENGTH = 1000;

    private Paths() {}

    /** Tells what is wrong with a path or glob relative to the workspace; null if nothing is. */
    static @Nullable String flaw(String path) {
        if (path.isBlank()) {
            return "is blank";
        }
        if (path.length() > MAX_LENGTH) {
            return "is longer than %d characters".formatted(MAX_LENGTH);
        }
        if (path.chars().anyMatch(c -> c < ' ')) {
            return "has a control character in it";
        }
        if (path.startsWith("/") || path.startsWith("~") || path.contains("\\")) {
            return "is not relative to the workspace";
        }
        return Arrays.asList(path.split("/")).contains("..") ? "leaves the workspace" : null;
    }

    /** Reports a path that is not relative to the workspace. */
    static void check(Text path, String what, Report report) {
        // An expression's value is checked once it is known.
        check(path.scalar(), path.template().isFixed() ? path.value() : "x", what, report);
    }

    private static void check(YamlNode.Scalar scalar, String value, String what, Report report) {
        var flaw = flaw(value);
        if (flaw != null) {
            report.error(
                    ProblemCode.BAD_PATH,
                    scalar.mark(),
                    "%s '%s' %s".formatted(what, Values.shown(value), flaw),
                    "write a path like build/reports, with '/' and without '..'");
        }
    }

    /** Reads a directory that commands run in, which may be absolute in a container. */
    static @Nullable Text directory(Fields fields, String key, Texts texts) {
        var field = fields.get(key);
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (field == null || scalar == null) {
            return null;
        }
        var text = texts.value(scalar, fields.report());
        var path = text.value().startsWith("/") ? text.value().substring(1) : text.value();
        if (text.template().isFixed() && !path.isEmpty()) {
            check(scalar, path, "'%s'".formatted(field.name()), fields.report());
        }
        return text;
    }
}
