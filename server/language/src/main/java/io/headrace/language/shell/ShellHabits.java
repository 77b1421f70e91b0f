package io.headrace.language.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds three habits in a shell command: values from outside that are run as commands, downloads
 * that are run as they come, and values from outside that stand without quotes.
 */
public final class ShellHabits {

    /** What was found. */
    public enum Habit {
        /** A value from outside becomes a command. */
        EVALUATED,
        /** A download is run. */
        DOWNLOADED,
        /** A value from outside is split into words and expanded to names of files. */
        UNQUOTED
    }

    /**
     * A place.
     *
     * @param what the variable with its dollar sign, or the words that are run
     * @param offset in UTF-16 units
     * @param length in UTF-16 units
     */
    public record Found(Habit habit, String what, int offset, int length) {}

    /** Those of the event that people choose freely; a commit and the event's type are not. */
    private static final String FREE = "HEADRACE_BRANCH|HEADRACE_TAG|HEADRACE_REF|BRANCH_NAME";

    private static final Pattern OF_EVENT = variable(FREE);
    private static final Pattern OF_ANYBODY = variable(FREE + "|HEADRACE_PARAM_\\w+");

    private static final String SHELL = "(?<![\\w./-])(?:[\\w.-]*/){0,20}(?:ba|da|z|k)?sh\\b";
    private static final String WITH_COMMAND = SHELL + "(?:[ \\t]+-\\w+){0,9}?[ \\t]+-\\w*c[ \\t]+";
    private static final Pattern EVAL = Pattern.compile("(?<![\\w./-])eval[ \\t]+");
    private static final Pattern SHELL_COMMAND = Pattern.compile(WITH_COMMAND);
    private static final Pattern FETCH = Pattern.compile("(?<![\\w./-])(?:curl|wget)\\b");
    private static final Pattern COMMAND_END = Pattern.compile("[|;&\\n]");
    private static final Pattern INTO_SHELL =
            Pattern.compile("\\|\\s*+(?:sudo(?:[ \\t]+-\\w+){0,9}[ \\t]+)?" + SHELL);
    private static final Pattern SUBSTITUTED =
            Pattern.compile(
                    "(?:(?<![\\w./-])eval[ \\t]+|%s)\"?\\$\\(\\s*(?:curl|wget)\\b"
                            .formatted(WITH_COMMAND));
    private static final Pattern READ =
            Pattern.compile(
                    "(?:%s|(?<![\\w./-])source|(?<!\\S)\\.)[ \\t]+<\\(\\s*(?:curl|wget)\\b"
                            .formatted(SHELL));

    /** What may stand before a variable that is assigned, and so not split. */
    private static final Pattern ASSIGNS =
            Pattern.compile(
                    "\\s*(?:(?:then|do|else|export|local|readonly|declare|\\w+\\+?=\\S*)\\s+){0,99}+"
                            + "\\w+\\+?=\\S*");

    private static final Pattern CASE = Pattern.compile("(?s).*\\bcase\\s+");

    /** How far one looks from a place, so that no command takes long; enough for people's. */
    private static final int NEAR = 1000;

    private static final int MOST = 100;

    private final String text;
    private final ShellText shell;
    private final String code;
    private final List<Found> found = new ArrayList<>();

    private ShellHabits(String text) {
        this.text = text;
        this.shell = new ShellText(text);
        this.code = shell.code();
    }

    /** Returns what is in {@code text}, in its order, up to some hundred; in linear time. */
    public static List<Found> in(String text) {
        // Nearly all commands end here.
        if (!text.contains("HEADRACE_")
                && !text.contains("BRANCH_NAME")
                && !text.contains("curl")
                && !text.contains("wget")) {
            return List.of();
        }
        return new ShellHabits(text).find();
    }

    private List<Found> find() {
        evaluated(EVAL.matcher(code), false);
        evaluated(SHELL_COMMAND.matcher(code), true);
        piped();
        for (var pattern : List.of(SUBSTITUTED, READ)) {
            pattern.matcher(code)
                    .results()
                    .limit(MOST)
                    .forEach(each -> downloaded(each.start(), each.end()));
        }
        unquoted();
        found.sort(Comparator.comparingInt(Found::offset));
        return List.copyOf(found);
    }

    private void piped() {
        var fetch = FETCH.matcher(code);
        var commandEnd = COMMAND_END.matcher(code);
        var intoShell = INTO_SHELL.matcher(code).useTransparentBounds(true);
        for (int from = 0; found.size() < MOST && fetch.find(from); from = commandEnd.end()) {
            if (!commandEnd.find(fetch.end())) {
                return;
            }
            if (intoShell.region(commandEnd.start(), code.length()).lookingAt()) {
                downloaded(fetch.start(), intoShell.end());
            }
        }
    }

    private void downloaded(int start, int end) {
        found.add(new Found(Habit.DOWNLOADED, text.substring(start, end), start, end - start));
    }

    private void evaluated(Matcher command, boolean oneWord) {
        // What stands in a command that was looked at was looked at with it.
        int end;
        for (int from = 0; found.size() < MOST && command.find(from); from = end) {
            end = oneWord ? wordEnd(command.end()) : commandEnd(command.end());
            var values = OF_ANYBODY.matcher(text).region(command.end(), end);
            while (values.find()) {
                if (shell.kind(values.start()) != ShellText.Kind.TEXT) {
                    add(Habit.EVALUATED, values);
                }
            }
        }
    }

    private void unquoted() {
        var values = OF_EVENT.matcher(text);
        while (values.find() && found.size() < MOST) {
            int at = values.start();
            boolean known =
                    found.stream().anyMatch(each -> each.offset() == at)
                            || shell.kind(at) != ShellText.Kind.CODE;
            if (!known && isSplit(at)) {
                add(Habit.UNQUOTED, values);
            }
        }
    }

    private void add(Habit habit, Matcher value) {
        var name = value.group(1) == null ? value.group(2) : value.group(1);
        found.add(new Found(habit, "$" + name, value.start(), value.end() - value.start()));
    }

    /**
     * Tells whether the shell would split a variable there: not where nothing but one word fits.
     */
    private boolean isSplit(int at) {
        int start = at;
        while (start > Math.max(0, at - NEAR) && ";&|\n(".indexOf(code.charAt(start - 1)) < 0) {
            start--;
        }
        var before = code.substring(start, at);
        boolean inTest = before.lastIndexOf("[[") > before.lastIndexOf("]]");
        return !inTest && !ASSIGNS.matcher(before).matches() && !CASE.matcher(before).matches();
    }

    /** Returns where the word ends that begins at {@code from}. */
    private int wordEnd(int from) {
        int at = from;
        while (at < Math.min(text.length(), from + NEAR)
                && !(isCode(at) && " \t\n;&|)".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private int commandEnd(int from) {
        int at = from;
        while (at < Math.min(text.length(), from + NEAR)
                && !(isCode(at) && "\n;&|)".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private boolean isCode(int at) {
        return shell.kind(at) == ShellText.Kind.CODE;
    }

    /** Matches a variable, but where {@code +} puts something else in its place. */
    private static Pattern variable(String names) {
        return Pattern.compile(
                "\\$(?:\\{(%1$s)(?!\\w|:?\\+)[^}\\n]*\\}|(%1$s)(?!\\w))".formatted(names));
    }
}
