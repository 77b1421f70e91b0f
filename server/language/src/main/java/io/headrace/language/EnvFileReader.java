package io.headrace.language;

import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code env_file}: one {@code NAME=value} a line, {@code #} for comments. */
final class EnvFileReader {

    private static final Pattern LINE =
            Pattern.compile("(?:export )?([A-Za-z_][A-Za-z0-9_]{0,254})=(.*)");
    private static final int MAX_LENGTH = 64 << 10;

    private EnvFileReader() {}

    /** Returns the variables; what is wrong is reported. Values are kept as they are written. */
    static Map<String, Text> read(Fields fields, Includes includes) {
        var field = fields.get("env_file");
        var path = field == null ? null : Values.scalar(field, fields.report());
        if (path == null) {
            return Map.of();
        }
        var report = fields.report();
        var flaw = Paths.flaw(path.text());
        var read =
                flaw == null
                        ? includes.read(null, path.text())
                        : Includes.Included.refused(
                                "the path " + flaw.replace("workspace", "repository"));
        var text = read.text();
        if (text == null || text.length() > MAX_LENGTH) {
            report.error(
                    ProblemCode.INCLUDE,
                    path.mark(),
                    text == null
                            ? "'%s' can't be read: %s"
                                    .formatted(Values.shown(path.text()), read.refusal())
                            : "'%s' is larger than 64 KiB".formatted(Values.shown(path.text())),
                    text == null
                            ? "check the path, from the root of the repository"
                            : "keep only variables in it");
            return Map.of();
        }
        var source = report.problems().add(path.text(), text);
        var variables = new LinkedHashMap<String, Text>();
        for (int number = 1; number <= source.lineCount(); number++) {
            var line = source.line(number).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                var mark = new Mark(source.index(), number, 1, line.length());
                var parts = LINE.matcher(line);
                if (!parts.matches()) {
                    report.error(
                            ProblemCode.SYNTAX,
                            mark,
                            "this line is no variable",
                            "write NAME=value, or # before a comment");
                } else if (Variables.isReserved(parts.group(1))) {
                    report.error(
                            ProblemCode.RESERVED_VARIABLE,
                            mark,
                            "'%s' is set by the server for each run".formatted(parts.group(1)),
                            "choose another name");
                } else {
                    variables.put(
                            parts.group(1),
                            Text.of(
                                    new YamlNode.Scalar(
                                            unquoted(parts.group(2).strip()),
                                            YamlNode.Style.DOUBLE_QUOTED,
                                            mark)));
                }
            }
        }
        return variables;
    }

    private static String unquoted(String value) {
        if (value.length() > 1) {
            char first = value.charAt(0);
            if ((first == '"' || first == '\'') && value.charAt(value.length() - 1) == first) {
                return value.substring(1, value.length() - 1);
            }
        }
        return value;
    }
}
