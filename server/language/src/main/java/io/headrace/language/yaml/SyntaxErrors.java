package io.headrace.language.yaml;

import io.headrace.language.yaml.YamlProblem.Kind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says in plain words what the YAML library complains of, and where the cause stands. */
final class SyntaxErrors {

    private static final Pattern NO_SPACE = Pattern.compile("^\\s*(?:- +)*([\\w-]+):[^\\s:/].*");
    private static final Pattern NO_COLON = Pattern.compile("^\\s*(?:- +)*([\\w-]+)\\s*$");
    private static final Pattern INDENT = Pattern.compile("^[ \t]*");

    /** Messages of exceptions of ours. */
    static final String TOO_MANY = "too many scalars";

    static final String TOO_DEEP = "too deep";

    static final String UNDEFINED_ALIAS = "found undefined alias ";

    private SyntaxErrors() {}

    static YamlProblem explain(YAMLException error, SourceText source) {
        return switch (error) {
            case MarkedYAMLException marked -> explain(marked, source);
            case ReaderException unreadable -> explain(unreadable, source);
            default -> limit(error);
        };
    }

    private static YamlProblem limit(YAMLException error) {
        var message = String.valueOf(error.getMessage());
        if (message.equals(TOO_DEEP)) {
            return new YamlProblem(
                    Mark.START,
                    Kind.TOO_LARGE,
                    "maps and lists are nested deeper than 50",
                    "nest less");
        }
        if (message.equals(TOO_MANY)) {
            return new YamlProblem(
                    Mark.START,
                    Kind.TOO_LARGE,
                    "the file has more than 200,000 keys and values",
                    "split it");
        }
        return new YamlProblem(Mark.START, Kind.SYNTAX, "this is not YAML", "rewrite the file");
    }

    private static YamlProblem explain(ReaderException error, SourceText source) {
        var text = source.text();
        int points = text.codePointCount(0, text.length());
        int end = text.offsetByCodePoints(0, Math.min(points, error.getPosition()));
        var before = new SourceText(source.file(), text.substring(0, end));
        var last = before.line(before.lineCount());
        return new YamlProblem(
                new Mark(before.lineCount(), last.codePointCount(0, last.length()) + 1, 1),
                Kind.SYNTAX,
                "the character U+%04X is not allowed".formatted(error.getCodePoint()),
                "remove it");
    }

    private static YamlProblem explain(MarkedYAMLException error, SourceText source) {
        var conflict = conflict(source);
        if (conflict != null) {
            return conflict;
        }
        var mark = mark(error.getProblemMark());
        var problem = String.valueOf(error.getProblem());
        var context = String.valueOf(error.getContext());
        var line = source.line(mark.line());
        if (problem.contains("\\t") || indentOf(line).indexOf('\t') >= 0) {
            return tab(mark, line);
        }
        if (context.contains("quoted scalar") && !problem.contains("escape")) {
            return new YamlProblem(
                    mark(error.getContextMark()),
                    Kind.QUOTE,
                    "the quote that opens here is never closed",
                    "close it, or leave both quotes out");
        }
        if (problem.contains("escape")) {
            return new YamlProblem(
                    mark,
                    Kind.QUOTE,
                    "this character can't follow a backslash in double quotes",
                    "use single quotes, or write the backslash twice");
        }
        if (context.contains("alias") || context.contains("anchor")) {
            return new YamlProblem(
                    mark(error.getContextMark()),
                    Kind.ALIAS,
                    "'*' and '&' begin an alias or an anchor here",
                    "put the value in quotes");
        }
        if (problem.startsWith(UNDEFINED_ALIAS)) {
            return undefinedAlias(mark, problem);
        }
        if (problem.contains("tag")) {
            return new YamlProblem(
                    mark,
                    Kind.UNSUPPORTED,
                    "a tag can't stand here",
                    "remove it; if the value begins with '!', put the value in quotes");
        }
        if (problem.contains("<scalar>") && followsQuote(source.line(mark.line()), mark)) {
            return new YamlProblem(
                    mark,
                    Kind.QUOTE,
                    "there is more text after the quote that closes the value",
                    "write a quote inside single quotes twice, or use '|' and the next line");
        }
        var slip = slip(mark.line(), source);
        return slip != null ? slip : structure(error, mark, problem, context, source);
    }

    private static YamlProblem structure(
            MarkedYAMLException error,
            Mark mark,
            String problem,
            String context,
            SourceText source) {
        if (problem.contains("mapping values are not allowed")) {
            return new YamlProblem(
                    mark,
                    Kind.COLON,
                    "a colon and a space can't stand inside a value without quotes",
                    "put the value in quotes, or mend the indentation of this line");
        }
        if (problem.contains("expected a comment or a line break")) {
            return new YamlProblem(
                    mark,
                    Kind.SYNTAX,
                    "text can't stand on the line of the '|' or '>' that it belongs to",
                    "remove the sign, or write the text on the next line, indented");
        }
        if (problem.contains("cannot start any token")) {
            return new YamlProblem(
                    mark,
                    Kind.QUOTE,
                    "a value can't begin with '%s'".formatted(character(source, mark)),
                    "put the value in quotes");
        }
        if (context.contains("flow node")) {
            // Where the bracket stands that was opened before, the library does not say.
            return new YamlProblem(
                    mark,
                    Kind.SYNTAX,
                    "a value is missing here, or the bracket that closes a list or a map",
                    "write it; if the bracket before is part of a text, put the text in quotes");
        }
        if (context.contains("flow")) {
            return new YamlProblem(
                    mark(error.getContextMark()),
                    Kind.SYNTAX,
                    "the bracket that opens here is never closed, or a comma is missing",
                    "close it; if it is part of a text, put the text in quotes");
        }
        if (context.contains("block mapping") || context.contains("block collection")) {
            return new YamlProblem(
                    mark,
                    Kind.INDENTATION,
                    "this line is not indented like the lines that it belongs to",
                    "indent it with as many spaces as its neighbours, which begin on line %d"
                            .formatted(mark(error.getContextMark()).line()));
        }
        if (problem.contains("sequence entries are not allowed")) {
            return new YamlProblem(
                    mark,
                    Kind.INDENTATION,
                    "a list can't begin on the line of its key",
                    "begin the list on the next line");
        }
        return new YamlProblem(
                mark, Kind.SYNTAX, "this is not YAML: " + problem, "rewrite this line");
    }

    /** Finds what git leaves in a file whose versions it could not merge. */
    private static @Nullable YamlProblem conflict(SourceText source) {
        for (int n = 1; n <= source.lineCount(); n++) {
            var line = source.line(n);
            if (line.startsWith("<<<<<<< ") || line.startsWith(">>>>>>> ")) {
                return new YamlProblem(
                        new Mark(n, 1, 7),
                        Kind.SYNTAX,
                        "a merge left both versions of some lines in the file",
                        "keep one of them, and remove the lines that begin with '<<<<<<<',"
                                + " '=======' and '>>>>>>>'");
            }
        }
        return null;
    }

    /** Looks at the line, and the one above, for what people forget most. */
    private static @Nullable YamlProblem slip(int number, SourceText source) {
        for (int n = number; n >= Math.max(1, number - 1); n--) {
            var line = source.line(n);
            var noSpace = NO_SPACE.matcher(line);
            if (noSpace.matches()) {
                return new YamlProblem(
                        new Mark(n, noSpace.end(1) + 1, 1),
                        Kind.COLON,
                        "there is no space after the colon of '%s'".formatted(noSpace.group(1)),
                        "write '%s: ' with a space".formatted(noSpace.group(1)));
            }
            var noColon = NO_COLON.matcher(line);
            if (noColon.matches()) {
                return new YamlProblem(
                        new Mark(n, noColon.start(1) + 1, noColon.group(1).length()),
                        Kind.COLON,
                        "there is no colon after '%s'".formatted(noColon.group(1)),
                        "write '%s:'".formatted(noColon.group(1)));
            }
        }
        return null;
    }

    private static YamlProblem tab(Mark mark, String line) {
        int column = line.indexOf('\t') + 1;
        return new YamlProblem(
                column > 0 ? new Mark(mark.line(), column, 1) : mark,
                Kind.TAB,
                "a tab can't indent YAML",
                "replace it by spaces");
    }

    private static YamlProblem undefinedAlias(Mark mark, String problem) {
        var name = problem.substring(UNDEFINED_ALIAS.length());
        return new YamlProblem(
                mark,
                Kind.ALIAS,
                "no anchor '&%s' comes before the alias '*%s'".formatted(name, name),
                "define the anchor earlier in the file; if '*' is part of a text, put it in"
                        + " quotes");
    }

    private static boolean followsQuote(String line, Mark mark) {
        int end = line.offsetByCodePoints(0, Math.max(0, mark.column() - 1));
        var before = line.substring(0, end).stripTrailing();
        return before.endsWith("'") || before.endsWith("\"");
    }

    private static String indentOf(String line) {
        var indent = INDENT.matcher(line);
        return indent.find() ? indent.group() : "";
    }

    private static String character(SourceText source, Mark mark) {
        var line = source.line(mark.line());
        int points = line.codePointCount(0, line.length());
        return mark.column() > points
                ? ""
                : Character.toString(
                        line.codePointAt(line.offsetByCodePoints(0, mark.column() - 1)));
    }

    private static Mark mark(org.yaml.snakeyaml.error.@Nullable Mark mark) {
        return mark == null ? Mark.START : new Mark(mark.getLine() + 1, mark.getColumn() + 1, 1);
    }
}
