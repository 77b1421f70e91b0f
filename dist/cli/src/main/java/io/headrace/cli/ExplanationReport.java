package io.headrace.cli;

import io.headrace.language.explain.Explanation;
import java.util.ArrayList;
import java.util.List;

/** Tells people why a job is as it is. */
final class ExplanationReport {

    private static final int WIDEST_VALUE = 60;

    private final Terminal terminal;

    ExplanationReport(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Explanation job) {
        terminal.line(
                "%s %s"
                        .formatted(
                                terminal.bold(terminal.safe(job.name())),
                                terminal.dim("· " + terminal.safe(job.place().toString()))));
        if (!job.starts()) {
            terminal.line(
                    terminal.yellow("This event starts no run: nothing under 'on' matches it."));
        }
        if (job.variants().size() > 1) {
            terminal.line(
                    terminal.dim(
                            "one of %d: %s"
                                    .formatted(
                                            job.variants().size(),
                                            String.join(", ", job.variants()))));
        }
        decision(job);
        order(job);
        section("If it fails");
        terminal.line("  " + job.failure().sentence());
        names("does not run", job.failure().cancelled());
        names("runs all the same", job.failure().runs());
        variables(job);
        settings(job);
    }

    private void decision(Explanation job) {
        section("Whether it runs");
        terminal.line("  %s %s".formatted(symbol(job.decision()), sentence(job.decision())));
        for (var step : job.steps()) {
            if (step.decision().condition() != null) {
                terminal.line(
                        "    %s step '%s' %s"
                                .formatted(
                                        symbol(step.decision()),
                                        terminal.safe(step.step()),
                                        sentence(step.decision())));
            }
        }
    }

    private String sentence(Explanation.Decision decision) {
        return terminal.safe(decision.sentence());
    }

    private String symbol(Explanation.Decision decision) {
        return switch (decision.verdict()) {
            case RUNS -> terminal.green("●");
            case SKIPPED -> terminal.dim("○");
            case DEFERRED -> terminal.yellow("◐");
        };
    }

    private void order(Explanation job) {
        section("Order");
        if (job.needs().isEmpty()) {
            terminal.line("  waits for nothing");
        }
        for (var need : job.needs()) {
            terminal.line(
                    "  waits for %s %s"
                            .formatted(
                                    terminal.safe(need.name()),
                                    terminal.dim("(" + terminal.safe(need.because()) + ")")));
        }
        if (job.dependants().isEmpty()) {
            terminal.line("  nothing waits for it");
        } else {
            terminal.line("  is waited for by " + String.join(", ", job.dependants()));
        }
    }

    private void names(String what, List<String> names) {
        if (!names.isEmpty()) {
            terminal.line("  %s %s".formatted(terminal.dim(what + ":"), String.join(", ", names)));
        }
    }

    private void variables(Explanation job) {
        section("Variables");
        var rows = new ArrayList<List<String>>();
        for (var variable : job.variables()) {
            var step = variable.step();
            rows.add(
                    List.of(
                            "  " + terminal.bold(variable.name()),
                            shown(variable.value()),
                            terminal.safe(variable.origin().toString())
                                    + (step == null
                                            ? ""
                                            : " (step '%s')".formatted(terminal.safe(step)))));
            for (var below : variable.overrides()) {
                rows.add(
                        List.of(
                                "",
                                terminal.dim("instead of " + shown(below.value())),
                                terminal.dim(terminal.safe(below.origin().toString()))));
            }
        }
        for (var secret : job.secrets()) {
            rows.add(List.of("  " + terminal.bold(secret), "***", "secret of the project"));
        }
        if (rows.isEmpty()) {
            terminal.line("  none of its own");
        } else {
            terminal.rows(rows);
        }
        terminal.line(
                terminal.dim(
                        "  and what the server sets: CI, JOB_ID, BUILD_NUMBER, GIT_COMMIT_SHA, …"));
    }

    private void settings(Explanation job) {
        section("Settings");
        var rows = new ArrayList<List<String>>();
        for (var setting : job.settings()) {
            boolean written = setting.origin().file() != null;
            var origin = terminal.safe(setting.origin().toString());
            rows.add(
                    List.of(
                            "  " + setting.key(),
                            shown(setting.value()),
                            written ? origin : terminal.dim(origin)));
        }
        terminal.rows(rows);
    }

    private String shown(String value) {
        var line = terminal.safe(value.strip().replaceAll("\\s+", " "));
        return line.isEmpty()
                ? "''"
                : line.length() <= WIDEST_VALUE ? line : line.substring(0, WIDEST_VALUE - 1) + "…";
    }

    private void section(String title) {
        terminal.line("");
        terminal.line(terminal.cyan(title));
    }
}
