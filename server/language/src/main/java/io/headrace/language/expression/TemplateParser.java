package io.headrace.language.expression;

import io.headrace.language.expression.Template.Part;
import io.headrace.language.expression.Template.Part.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Divides a text into what is kept and what is replaced. For one text and one thread. */
final class TemplateParser {

    private static final int MAX_DEPTH = 10;

    // Bounded, because a text may begin a name in many places and end none.
    private static final String EXPRESSION =
            "\\$\\{\\{|(?<files>\\{\\{(?=[ \\t]{0,20}hashFiles[ \\t]{0,20}\\())|\\$\\{(?<scope>matrix|env|parameters|inputs|pipeline|secrets|SECRET|job|JOB)"
                    + "[.:](?![-+])[^{}$\\s]{0,200}\\}";
    private static final Pattern OF_COMMANDS = Pattern.compile(EXPRESSION);
    private static final Pattern OF_VALUES =
            Pattern.compile(
                    "(?<escape>\\$\\$\\{)|\\$\\$|"
                            + EXPRESSION
                            + "|\\$\\{(?<braced>[A-Za-z_][A-Za-z0-9_]{0,254}+)(?<sign>:[-+]|//?|[}:%#^,@\\[?=+-])"
                            + "|\\$(?<plain>[A-Za-z_][A-Za-z0-9_]{0,254}+)");

    private final String text;
    private final Pattern open;
    private final List<Flaw> flaws;
    private boolean broken;

    /**
     * @param variables whether <code>$NAME</code> and <code>${NAME}</code> are replaced too
     * @param flaws takes what is wrong
     */
    TemplateParser(String text, boolean variables, List<Flaw> flaws) {
        this.text = text;
        this.open = variables ? OF_VALUES : OF_COMMANDS;
        this.flaws = flaws;
    }

    List<Part> parse() {
        return text.indexOf('$') < 0 && !text.contains("{{")
                ? List.of(new Part.Fixed(text))
                : parse(0, text.length(), 0);
    }

    private List<Part> parse(int start, int limit, int depth) {
        var parts = new ArrayList<Part>();
        var opening = open.matcher(text).region(start, limit);
        int at = start;
        while (!broken && opening.find()) {
            int begin = opening.start();
            int end = opening.end();
            Part part = null;
            if (open == OF_VALUES && opening.group("escape") != null) {
                part = new Part.Fixed("${");
            } else if (open == OF_VALUES && opening.group("plain") != null) {
                part = variable(opening.group("plain"), Form.PLAIN, "", List.of(), begin, end);
            } else if (open == OF_VALUES && opening.group("braced") != null) {
                end = closeVariable(begin, opening.end("braced"), limit);
                part =
                        broken
                                ? null
                                : braced(
                                        opening.group("braced"),
                                        opening.group("sign"),
                                        begin,
                                        end,
                                        depth);
            } else if (!opening.group().equals("$$")) {
                var scope = opening.group("scope");
                end = scope != null ? end : closeExpression(begin, end, limit);
                part = broken ? null : expression(begin, end, scope);
            }
            if (part != null) {
                if (at < begin) {
                    parts.add(new Part.Fixed(text.substring(at, begin)));
                }
                parts.add(part);
                at = end;
            }
            opening.region(end, limit);
        }
        if (at < limit || parts.isEmpty()) {
            parts.add(new Part.Fixed(text.substring(at, limit)));
        }
        return parts;
    }

    private static Part variable(
            String name, Form form, String pattern, List<Part> word, int begin, int end) {
        return new Part.Variable(name, form, pattern, word, begin, end - begin);
    }

    private @Nullable Part braced(String name, String sign, int begin, int end, int depth) {
        int from = begin + 2 + name.length() + sign.length();
        if (depth >= MAX_DEPTH) {
            broken(begin, end, "variables are nested deeper than 10", "nest less");
            return null;
        }
        return switch (sign) {
            case "}" -> variable(name, Form.BRACED, "", List.of(), begin, end);
            case ":-" -> variable(name, Form.DEFAULT, "", word(from, end, depth), begin, end);
            case ":+" -> variable(name, Form.ALTERNATE, "", word(from, end, depth), begin, end);
            case "/" -> replacing(name, Form.FIRST, from, begin, end, depth);
            case "//" -> replacing(name, Form.EACH, from, begin, end, depth);
            default -> {
                flaws.add(
                        new Flaw(
                                Flaw.Kind.SYNTAX,
                                begin,
                                end - begin,
                                "only a shell knows what '%s' means"
                                        .formatted(shown(text.substring(begin, end))),
                                "use it in a command, or write ${%1$s}, ${%1$s:-default},"
                                                .formatted(name)
                                        + " ${%1$s:+alternate} or ${%1$s/text/other}; '$${' stays"
                                                .formatted(name)
                                        + " as '${'"));
                yield null;
            }
        };
    }

    private List<Part> word(int from, int end, int depth) {
        return parse(from, end - 1, depth + 1);
    }

    private @Nullable Part replacing(
            String name, Form form, int from, int begin, int end, int depth) {
        var pattern = new StringBuilder();
        int i = from;
        for (; i < end - 1 && text.charAt(i) != '/'; i++) {
            if (text.charAt(i) == '\\' && i + 1 < end - 1) {
                i++;
            }
            pattern.append(text.charAt(i));
        }
        if (pattern.isEmpty()) {
            flaws.add(
                    new Flaw(
                            Flaw.Kind.SYNTAX,
                            begin,
                            end - begin,
                            "'%s' replaces nothing".formatted(shown(text.substring(begin, end))),
                            "write ${%1$s/text/other}, or ${%1$s//text/other} for each occurrence"
                                    .formatted(name)));
            return null;
        }
        int word = Math.min(i + 1, end - 1);
        return variable(
                name,
                form,
                pattern.toString(),
                word == end - 1 ? List.of() : word(word, end, depth),
                begin,
                end);
    }

    /** Returns the end of the variable that begins at {@code begin}. */
    private int closeVariable(int begin, int from, int limit) {
        int depth = 1;
        for (int i = from; i < limit; i++) {
            char c = text.charAt(i);
            if (text.startsWith("${{", i)) {
                i = closeExpression(i, i + 3, limit) - 1;
                if (broken) {
                    return limit;
                }
            } else if (text.startsWith("${", i)) {
                depth++;
                i++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        broken(begin, from, "'${' is never closed", "write '}' after the name");
        return limit;
    }

    /** Returns the end of the expression whose text begins at {@code from}. */
    private int closeExpression(int begin, int from, int limit) {
        char quote = 0;
        for (int i = from; i < limit; i++) {
            char c = text.charAt(i);
            if (quote == '"' && c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '}' && i + 1 < limit && text.charAt(i + 1) == '}') {
                return i + 2;
            }
        }
        broken(
                begin,
                from,
                "'%s' is never closed".formatted(text.substring(begin, from)),
                "write '}}' after the expression");
        return limit;
    }

    /** Reports what makes the rest of the text unreadable. */
    private void broken(int begin, int end, String message, String fix) {
        broken = true;
        flaws.add(new Flaw(Flaw.Kind.SYNTAX, begin, end - begin, message, fix));
    }

    private static String shown(String written) {
        return written.length() <= 60 ? written : written.substring(0, 59) + "…";
    }

    private @Nullable Part expression(int begin, int end, @Nullable String scope) {
        if (scope != null && text.startsWith(":", begin + 2 + scope.length())) {
            // ${SECRET:name} is how some write ${secrets.name}.
            var name = text.substring(begin + 3 + scope.length(), end - 1);
            if (scope.equals("SECRET")) {
                return reference("secrets." + name, begin, end);
            }
        }
        if (scope != null && scope.equals("JOB")) {
            return reference("job." + text.substring(begin + 6, end - 1), begin, end);
        }
        // {{ hashFiles('file') }} is how the keys of caches are written elsewhere.
        int brackets = scope == null && text.charAt(begin) == '$' ? 3 : 2;
        int closing = scope == null ? 2 : 1;
        try {
            var code = text.substring(begin + brackets, end - closing);
            var expression = shift(ExpressionParser.parse(code), begin + brackets);
            return new Part.Slot(expression, begin, end - begin);
        } catch (ExpressionException e) {
            flaws.add(e.flaw().shifted(begin + brackets));
            return null;
        }
    }

    private static Part reference(String path, int begin, int end) {
        return new Part.Slot(
                new Expression.Reference(path, begin, end - begin), begin, end - begin);
    }

    private static Expression shift(Expression expression, int by) {
        return switch (expression) {
            case Expression.Literal e ->
                    new Expression.Literal(e.value(), e.offset() + by, e.length());
            case Expression.Reference e ->
                    new Expression.Reference(e.path(), e.offset() + by, e.length());
            case Expression.Not e ->
                    new Expression.Not(shift(e.operand(), by), e.offset() + by, e.length());
            case Expression.Negative e ->
                    new Expression.Negative(shift(e.operand(), by), e.offset() + by, e.length());
            case Expression.Binary e ->
                    new Expression.Binary(
                            e.operator(),
                            shift(e.left(), by),
                            shift(e.right(), by),
                            e.offset() + by,
                            e.length());
            case Expression.Index e ->
                    new Expression.Index(
                            shift(e.target(), by), shift(e.key(), by), e.offset() + by, e.length());
            case Expression.Call e ->
                    new Expression.Call(
                            e.function(),
                            e.arguments().stream().map(a -> shift(a, by)).toList(),
                            e.offset() + by,
                            e.length());
        };
    }
}
