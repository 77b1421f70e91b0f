package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PipelineProblem.Severity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells people what is wrong with their pipeline file, and where. */
final class ProblemReport {

    /** Longer lines are shown around the place that is meant. */
    private static final int WIDEST = 140;

    private final Terminal terminal;

    ProblemReport(Terminal terminal) {
        this.terminal = terminal;
    }

    static boolean anyError(List<PipelineProblem> problems) {
        return count(problems, Severity.ERROR) > 0;
    }

    private static long count(List<PipelineProblem> problems, Severity severity) {
        return problems.stream().filter(problem -> problem.severity() == severity).count();
    }

    /** Prints errors, then warnings, then how many there are. */
    void printAll(List<PipelineProblem> problems, int files) {
        print(problems);
        var errors = count(problems, Severity.ERROR);
        var warnings = count(problems, Severity.WARNING);
        var where = "in %d file%s".formatted(files, files == 1 ? "" : "s");
        if (problems.isEmpty()) {
            terminal.line(terminal.green("No problems") + " " + where);
            return;
        }
        var told = "%d error%s".formatted(errors, errors == 1 ? "" : "s");
        var also = "%d warning%s".formatted(warnings, warnings == 1 ? "" : "s");
        terminal.line(
                "%s, %s %s"
                        .formatted(
                                errors > 0 ? terminal.red(told) : told,
                                warnings > 0 ? terminal.yellow(also) : also,
                                where));
    }

    /** Prints errors, then warnings. */
    void print(List<PipelineProblem> problems) {
        for (var severity : Severity.values()) {
            problems.stream()
                    .filter(problem -> problem.severity() == severity)
                    .forEach(this::print);
        }
    }

    private void print(PipelineProblem problem) {
        var severity = problem.severity().name().toLowerCase(Locale.ROOT);
        terminal.line(
                "%s %s %s: %s"
                        .formatted(
                                terminal.bold(
                                        "%s:%d:%d:"
                                                .formatted(
                                                        terminal.safe(problem.file()),
                                                        problem.line(),
                                                        problem.column())),
                                paint(problem, severity),
                                problem.code(),
                                terminal.bold(terminal.safe(problem.message()))));
        if (!problem.context().isEmpty()) {
            terminal.line(terminal.dim("      │ in " + terminal.safe(problem.context())));
        }
        source(problem);
        if (!problem.fix().isEmpty()) {
            terminal.line(terminal.dim("      = ") + terminal.safe(problem.fix()));
        }
        terminal.line(terminal.dim("      = " + problem.help()));
        terminal.line("");
    }

    private void source(PipelineProblem problem) {
        var source = problem.source();
        if (source == null) {
            return;
        }
        int points = source.codePointCount(0, source.length());
        int column = Math.clamp(problem.column(), 1, points + 1);
        int from = points <= WIDEST ? 0 : Math.max(0, Math.min(column - 40, points - WIDEST));
        int to = Math.min(points, from + WIDEST);
        var shown =
                source.substring(
                        source.offsetByCodePoints(0, from), source.offsetByCodePoints(0, to));
        // Tabs stay tabs, so that the caret stands below what it means.
        var before =
                shown.substring(
                                0,
                                shown.offsetByCodePoints(0, Math.min(column - 1 - from, to - from)))
                        .codePoints()
                        .mapToObj(point -> point == '\t' ? "\t" : " ")
                        .collect(Collectors.joining());
        var cut = from > 0 ? "…" : "";
        terminal.line(
                terminal.dim("%5d │ ".formatted(problem.line()))
                        + cut
                        + terminal.safe(shown)
                        + (to < points ? "…" : ""));
        int length = Math.max(1, Math.min(problem.length(), to - column + 1));
        terminal.line(
                terminal.dim("      │ ")
                        + " ".repeat(cut.length())
                        + before
                        + paint(problem, "^".repeat(length)));
    }

    private String paint(PipelineProblem problem, String text) {
        return problem.severity() == Severity.ERROR ? terminal.red(text) : terminal.yellow(text);
    }

    /**
     * Returns what the server's REST API would answer about the same file.
     *
     * @param key what {@code result} is called
     * @param result null if the file has errors
     */
    static JsonNode answer(List<PipelineProblem> problems, String key, @Nullable Object result) {
        var answer = Server.JSON.createObjectNode();
        answer.put("valid", result != null);
        answer.set("problems", json(problems));
        if (result != null) {
            answer.set(key, Server.JSON.valueToTree(result));
        }
        return answer;
    }

    /** Returns the problems as a JSON array, in the words of the REST API. */
    static JsonNode json(List<PipelineProblem> problems) {
        var array = Server.JSON.createArrayNode();
        for (var problem : problems) {
            var node = array.addObject();
            node.put("file", problem.file());
            node.put("line", problem.line());
            node.put("column", problem.column());
            node.put("length", problem.length());
            node.put("code", problem.code());
            node.put("severity", problem.severity().name());
            node.put("context", problem.context());
            if (problem.job() != null) {
                node.put("job", problem.job());
            }
            if (problem.step() != null) {
                node.put("step", problem.step());
            }
            node.put("path", problem.path());
            node.put("message", problem.message());
            node.put("fix", problem.fix());
            node.put("help", problem.help());
            if (problem.source() != null) {
                node.put("source", problem.source());
            }
        }
        return array;
    }
}
