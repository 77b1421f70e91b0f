package io.headrace.language.shell;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A command with what each of its characters is to a shell. For one thread. */
final class ShellText {

    /** What a character is. */
    enum Kind {
        /** Code: variables are split into words and expanded to names of files. */
        CODE,
        /** In double quotes: variables keep their text. */
        QUOTED,
        /** In single quotes, escaped, in a comment or in a here-document: no code. */
        TEXT
    }

    /** Stands for characters that are no code. */
    private static final char HIDDEN = '\u0001';

    private static final Pattern HERE = Pattern.compile("<<(-?)[ \\t]*([\"'\\\\]?)([A-Za-z_]\\w*)");

    private final String text;
    private final Kind[] kinds;
    // Whether the code around each open bracket is in double quotes.
    private final ArrayDeque<Boolean> brackets = new ArrayDeque<>();
    private final ArrayDeque<Here> heres = new ArrayDeque<>();
    private boolean quoted;

    /** A here-document that begins on the next line. */
    private record Here(String end, boolean tabs) {}

    ShellText(String text) {
        this.text = text;
        this.kinds = new Kind[text.length()];
        Arrays.fill(kinds, Kind.TEXT);
        for (int at = 0; at < text.length(); ) {
            at = read(at);
        }
    }

    Kind kind(int at) {
        return kinds[at];
    }

    /** Returns the code, of the same length; what is no code is hidden, but for quotes. */
    String code() {
        var code = new StringBuilder(text);
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] != Kind.CODE && text.charAt(i) != '"') {
                code.setCharAt(i, HIDDEN);
            }
        }
        return code.toString();
    }

    /** Reads what begins at {@code at}, and returns where the next begins. */
    private int read(int at) {
        char c = text.charAt(at);
        if (c == '\\') {
            return Math.min(text.length(), at + 2);
        }
        if (c == '"') {
            quoted = !quoted;
            return at + 1;
        }
        if (c == '$' && text.startsWith("(", at + 1)) {
            mark(at, at + 2, Kind.CODE);
            brackets.push(quoted);
            quoted = false;
            return at + 2;
        }
        if (quoted) {
            return mark(at, at + 1, Kind.QUOTED);
        }
        return switch (c) {
            case '\'' -> after("'", at + 1);
            case '#' -> atWordStart(at) ? lineEnd(at) : mark(at, at + 1, Kind.CODE);
            case '(' -> {
                brackets.push(false);
                yield mark(at, at + 1, Kind.CODE);
            }
            case ')' -> {
                mark(at, at + 1, Kind.CODE);
                quoted = !brackets.isEmpty() && brackets.pop();
                yield at + 1;
            }
            case '<' -> here(at);
            case '\n' -> heres(mark(at, at + 1, Kind.CODE));
            default -> mark(at, at + 1, Kind.CODE);
        };
    }

    private int mark(int from, int to, Kind kind) {
        Arrays.fill(kinds, from, to, kind);
        return to;
    }

    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private boolean atWordStart(int at) {
        return at == 0 || " \t\n;&|(".indexOf(text.charAt(at - 1)) >= 0;
    }

    private int here(int at) {
        var found = HERE.matcher(text).region(at, text.length());
        if (!found.lookingAt()) {
            // Three of them give a word, not a document.
            int end = text.startsWith("<<<", at) ? at + 3 : at + 1;
            return mark(at, end, Kind.CODE);
        }
        heres.add(new Here(found.group(3), !found.group(1).isEmpty()));
        mark(at, found.end(), Kind.CODE);
        return found.group(2).isEmpty() || found.group(2).equals("\\")
                ? found.end()
                : Math.min(text.length(), found.end() + 1);
    }

    /** Passes over the documents that begin here. */
    private int heres(int from) {
        int at = from;
        for (var here = heres.poll(); here != null; here = heres.poll()) {
            boolean over = false;
            while (!over && at < text.length()) {
                int end = lineEnd(at);
                var line = text.substring(at, end);
                over = (here.tabs() ? line.stripLeading() : line).equals(here.end());
                at = Math.min(text.length(), end + 1);
            }
        }
        return at;
    }
}
