package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.language.PipelineProblem;
import java.util.List;
import java.util.Locale;

/** Tells people what is wrong with their pipeline file, and where. */
final class ProblemReport {

    private final Terminal terminal;

    ProblemReport(Terminal terminal) {
        this.terminal = terminal;
    }

    static boolean anyError(List<PipelineProblem> problems) {
        return problems.stream()
                .anyMatch(problem -> problem.severity() == PipelineProblem.Severity.ERROR);
    }

    void print(List<PipelineProblem> problems) {
        for (var problem : problems) {
            var severity = problem.severity().name().toLowerCase(Locale.ROOT);
            terminal.line(
                    "%s:%d:%d: %s %s: %s"
                            .formatted(
                                    problem.file(),
                                    problem.line(),
                                    problem.column(),
                                    problem.severity() == PipelineProblem.Severity.ERROR
                                            ? terminal.red(severity)
                                            : severity,
                                    problem.code(),
                                    terminal.safe(problem.message())));
            var source = problem.source();
            if (source != null) {
                var number = "%5d │ ".formatted(problem.line());
                terminal.line(terminal.dim(number) + terminal.safe(source));
                terminal.line(
                        terminal.dim("      │ ")
                                + " ".repeat(Math.max(0, problem.column() - 1))
                                + terminal.red(
                                        "^".repeat(Math.max(1, Math.min(problem.length(), 80)))));
            }
            if (!problem.fix().isEmpty()) {
                terminal.line("      = " + terminal.safe(problem.fix()));
            }
        }
    }

    /** Returns the problems as a JSON array. */
    static JsonNode json(List<PipelineProblem> problems) {
        var array = Server.JSON.createArrayNode();
        for (var problem : problems) {
            var node = array.addObject();
            node.put("file", problem.file());
            node.put("line", problem.line());
            node.put("column", problem.column());
            node.put("length", problem.length());
            node.put("code", problem.code());
            node.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
            node.put("context", problem.context());
            node.put("message", problem.message());
            node.put("fix", problem.fix());
        }
        return array;
    }
}
