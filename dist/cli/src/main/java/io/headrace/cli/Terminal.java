package io.headrace.cli;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people read: colours where the terminal has them, tables, times in words. */
final class Terminal {

    /** Control characters that could move the cursor or change the terminal's state. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

    /** All escape sequences but those that set colours. */
    private static final Pattern NOT_COLOUR =
            Pattern.compile(
                    "\\x1b(?!\\[[0-9;]*m)(\\[[0-9;?]*[A-Za-z]|\\][^\\x07\\x1b]*(\\x07|\\x1b\\\\)|.)?");

    private final PrintStream out;
    private final boolean colours;

    Terminal(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.colours =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
                        && !environment.containsKey("NO_COLOR")
                        && !"dumb".equals(environment.get("TERM"));
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Prints a text as it is, line breaks included. */
    void text(String text) {
        out.print(text);
        out.flush();
    }

    /** Returns text from outside in a form that can't harm the terminal; colours may stay. */
    String safe(String text) {
        var harmless = NOT_COLOUR.matcher(text).replaceAll("");
        if (colours) {
            return harmless.replaceAll("[\\x00-\\x08\\x0b-\\x1a\\x1c-\\x1f\\x7f]", "");
        }
        return CONTROL.matcher(harmless.replaceAll("\\x1b\\[[0-9;]*m", "")).replaceAll("");
    }

    String status(String status) {
        var text = symbol(status) + " " + status.toLowerCase(Locale.ROOT);
        return switch (status) {
            case "SUCCEEDED" -> paint("32", text);
            case "FAILED" -> paint("31", text);
            case "ERRORED" -> paint("35", text);
            case "RUNNING" -> paint("34", text);
            case "CANCELLED", "SKIPPED" -> paint("90", text);
            default -> paint("33", text);
        };
    }

    static String symbol(String status) {
        return switch (status) {
            case "SUCCEEDED" -> "✔";
            case "FAILED" -> "✘";
            case "ERRORED" -> "!";
            case "RUNNING" -> "▶";
            case "CANCELLED" -> "◼";
            case "SKIPPED" -> "↷";
            default -> "…";
        };
    }

    String dim(String text) {
        return paint("90", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String cyan(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Prints rows under headings, in columns as wide as they need. */
    void table(List<String> headings, List<List<String>> rows) {
        var widths = new ArrayList<Integer>();
        for (var column = 0; column < headings.size(); column++) {
            var width = headings.get(column).length();
            for (var row : rows) {
                width = Math.max(width, visible(row.get(column)));
            }
            widths.add(width);
        }
        line(dim(row(headings, widths)));
        for (var row : rows) {
            line(row(row, widths));
        }
    }

    /** Prints rows in columns as wide as they need. */
    void rows(List<List<String>> rows) {
        var widths = new ArrayList<Integer>();
        for (var column = 0; column < rows.getFirst().size(); column++) {
            var width = 0;
            for (var row : rows) {
                width = Math.max(width, visible(row.get(column)));
            }
            widths.add(width);
        }
        rows.forEach(row -> line(row(row, widths)));
    }

    private static String row(List<String> cells, List<Integer> widths) {
        var text = new StringBuilder();
        for (var column = 0; column < cells.size(); column++) {
            var cell = cells.get(column);
            text.append(cell);
            if (column < cells.size() - 1) {
                text.append(" ".repeat(widths.get(column) - visible(cell) + 2));
            }
        }
        return text.toString();
    }

    private static int visible(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "").length();
    }

    /** Returns how long it took, such as {@code 2.4 s} or {@code 3 m 5 s}; empty if not known. */
    static String took(String from, String to) {
        if (from.isEmpty() || to.isEmpty()) {
            return "";
        }
        var time = Duration.between(Instant.parse(from), Instant.parse(to));
        if (time.toMinutes() > 0) {
            return "%d m %d s".formatted(time.toMinutes(), time.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
