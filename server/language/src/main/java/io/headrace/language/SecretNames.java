package io.headrace.language;

import io.headrace.language.expression.Template;
import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of secrets. A step finds a secret in the environment variable of the same name. */
public final class SecretNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private SecretNames() {}

    /** Returns what to do about {@code name}; null if it can be the name of a secret. */
    public static @Nullable String flaw(String name) {
        if (!NAME.matcher(name).matches()) {
            return "use up to 100 letters, digits and '_', and no digit at the beginning";
        }
        return Variables.mayShadow(name)
                ? null
                : "the variable has a meaning of its own: choose another name";
    }

    /**
     * Reads {@code {secret: NAME}}, the value of a variable or of an input; null if it is wrong.
     */
    static @Nullable Text value(YamlNode.Mapping map, Report report) {
        var fields = new Fields(map, map.mark(), Schema.SECRET_VALUE, report);
        var field = fields.require("secret", "write {secret: NAME}, or a text");
        var name = field == null ? null : Values.scalar(field, report);
        if (name == null) {
            return null;
        }
        var flaw = flaw(name.text());
        if (flaw != null) {
            notASecret(name, flaw, report);
            return null;
        }
        var written = "${{ secrets.%s }}".formatted(name.text());
        return new Text(
                Template.parseValue(written, new ArrayList<>()),
                new YamlNode.Scalar(written, YamlNode.Style.DOUBLE_QUOTED, name.mark()));
    }

    private static void notASecret(YamlNode.Scalar name, String flaw, Report report) {
        report.error(
                ProblemCode.BAD_NAME,
                name.mark(),
                "'%s' is no name for a secret".formatted(Values.shown(name.text())),
                flaw);
    }

    /** Reads the names that a job lists; those that can't be are reported and left out. */
    static List<String> read(Fields fields) {
        var field = fields.get("secrets");
        if (field == null) {
            return List.of();
        }
        var names = new LinkedHashSet<String>();
        for (var scalar : Values.scalars(field, fields.report())) {
            var flaw = flaw(scalar.text());
            if (flaw != null) {
                notASecret(scalar, flaw, fields.report());
            } else if (!names.add(scalar.text())) {
                fields.report()
                        .error(
                                ProblemCode.DUPLICATE_NAME,
                                scalar.mark(),
                                "the secret '%s' is listed twice".formatted(scalar.text()),
                                "remove one of the two");
            }
        }
        return List.copyOf(names);
    }
}
