package io.headrace.cli;

import java.util.ArrayList;
import java.util.List;

/** Prints which lines differ between two texts, as {@code diff -u} does. */
final class LineDiff {

    private static final int CONTEXT = 3;

    /** Beyond it, all lines that differ at all are shown as changed. */
    private static final long MOST_CELLS = 16_000_000;

    /**
     * A line of the result.
     *
     * @param sign a blank, {@code -} or {@code +}
     */
    private record Line(char sign, String text) {}

    private final Terminal terminal;

    LineDiff(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(String name, String before, String after) {
        terminal.line(terminal.bold("--- " + terminal.safe(name)));
        terminal.line(terminal.bold("+++ " + terminal.safe(name)));
        var lines = compare(before.lines().toList(), after.lines().toList());
        int at = 0;
        while (at < lines.size()) {
            if (lines.get(at).sign() == ' ') {
                at++;
            } else {
                at = hunk(lines, at);
            }
        }
    }

    /** Prints what belongs together from {@code first} on, and returns what comes behind it. */
    private int hunk(List<Line> lines, int first) {
        int end = first;
        for (int i = first; i < lines.size() && i <= end + 2 * CONTEXT; i++) {
            end = lines.get(i).sign() == ' ' ? end : i;
        }
        int from = Math.max(0, first - CONTEXT);
        int to = Math.min(lines.size(), end + 1 + CONTEXT);
        var shown = lines.subList(from, to);
        terminal.line(
                terminal.cyan(
                        "@@ -%d,%d +%d,%d @@"
                                .formatted(
                                        count(lines.subList(0, from), '+') + 1,
                                        count(shown, '+'),
                                        count(lines.subList(0, from), '-') + 1,
                                        count(shown, '-'))));
        for (var line : shown) {
            var text = line.sign() + terminal.safe(line.text());
            terminal.line(
                    switch (line.sign()) {
                        case '-' -> terminal.red(text);
                        case '+' -> terminal.green(text);
                        default -> text;
                    });
        }
        return to;
    }

    /** Returns how many lines there are without those of a sign. */
    private static long count(List<Line> lines, char without) {
        return lines.stream().filter(line -> line.sign() != without).count();
    }

    private static List<Line> compare(List<String> before, List<String> after) {
        int head = 0;
        while (head < Math.min(before.size(), after.size())
                && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        var lines = new ArrayList<Line>();
        before.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
        middle(
                before.subList(head, before.size() - tail),
                after.subList(head, after.size() - tail),
                lines);
        before.subList(before.size() - tail, before.size())
                .forEach(text -> lines.add(new Line(' ', text)));
        return lines;
    }

    private static void middle(List<String> before, List<String> after, List<Line> lines) {
        if ((long) before.size() * after.size() > MOST_CELLS) {
            before.forEach(text -> lines.add(new Line('-', text)));
            after.forEach(text -> lines.add(new Line('+', text)));
            return;
        }
        // The longest common part of what is left from each pair of lines on.
        var common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int k = after.size() - 1; k >= 0; k--) {
                common[i][k] =
                        before.get(i).equals(after.get(k))
                                ? common[i + 1][k + 1] + 1
                                : Math.max(common[i + 1][k], common[i][k + 1]);
            }
        }
        int i = 0;
        int k = 0;
        while (i < before.size() || k < after.size()) {
            if (i < before.size() && k < after.size() && before.get(i).equals(after.get(k))) {
                lines.add(new Line(' ', before.get(i)));
                i++;
                k++;
            } else if (k == after.size()
                    || (i < before.size() && common[i + 1][k] >= common[i][k + 1])) {
                lines.add(new Line('-', before.get(i++)));
            } else {
                lines.add(new Line('+', after.get(k++)));
            }
        }
    }
}
