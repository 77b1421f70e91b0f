package io.headrace.cli;

import io.headrace.language.Plan.Condition.Verdict;
import io.headrace.language.explain.Group;
import io.headrace.language.explain.PlanOutline;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws a plan in a terminal, the variants of a matrix as one. */
final class PlanDrawing {

    /** Beyond it lanes say less than names. */
    private static final int MOST_LANES = 16;

    private static final int WIDEST_NAME = 40;
    private static final int MOST_VALUES = 6;

    private final Terminal terminal;

    PlanDrawing(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(PlanOutline outline, String event) {
        terminal.line(
                "%s %s"
                        .formatted(
                                terminal.bold(terminal.safe(outline.name())),
                                terminal.dim("· " + terminal.safe(event) + " · " + size(outline))));
        if (!outline.starts()) {
            terminal.line(
                    terminal.yellow("This event starts no run: nothing under 'on' matches it."));
        }
        terminal.line("");
        rows(outline.groups());
        terminal.line("");
        terminal.line(terminal.dim("● runs  ○ is skipped  ◐ some run, or decided during the run"));
        terminal.line(terminal.dim(chain(outline)));
        var generator = outline.generator();
        if (generator != null) {
            terminal.line(
                    terminal.yellow(
                            "The rest is known when '%s' has run."
                                    .formatted(terminal.safe(generator))));
        }
    }

    private static String size(PlanOutline outline) {
        int jobs = outline.nodes().size();
        int levels = outline.levels().size();
        return "%d job%s in %d level%s"
                .formatted(jobs, jobs == 1 ? "" : "s", levels, levels == 1 ? "" : "s");
    }

    private void rows(List<Group> groups) {
        var lanes = Lanes.draw(groups);
        int width = lanes.values().stream().mapToInt(String::length).max().orElse(0);
        boolean drawn = width <= 2 * MOST_LANES;
        int names = groups.stream().mapToInt(group -> title(group).length()).max().orElse(0);
        int column = Math.min(names, WIDEST_NAME);
        int digits = String.valueOf(groups.getLast().level() + 1).length();
        int level = -1;
        for (var group : lanes.keySet()) {
            var number = group.level() == level ? "" : String.valueOf(group.level() + 1);
            level = group.level();
            var row = drawn ? lanes.getOrDefault(group, "") : String.valueOf(Lanes.NODE) + " ";
            var padded = row + " ".repeat(drawn ? Math.max(0, width - row.length()) : 0);
            var title = title(group);
            var note = note(group, drawn);
            terminal.line(
                    "%s  %s %s%s"
                            .formatted(
                                    terminal.dim(" ".repeat(digits - number.length()) + number),
                                    node(padded, group),
                                    name(group, title),
                                    note.isEmpty()
                                            ? ""
                                            : " ".repeat(Math.max(0, column - title.length()) + 2)
                                                    + terminal.dim(note)));
        }
    }

    private String node(String row, Group group) {
        int at = row.indexOf(Lanes.NODE);
        return terminal.dim(row.substring(0, at))
                + symbol(group)
                + terminal.dim(row.substring(at + 1));
    }

    private String symbol(Group group) {
        var verdict = group.verdict();
        return verdict == null
                ? terminal.yellow("◐")
                : switch (verdict) {
                    case RUNS -> terminal.green("●");
                    case SKIPPED -> terminal.dim("○");
                    case DEFERRED -> terminal.yellow("◐");
                };
    }

    private String name(Group group, String title) {
        return group.verdict() == Verdict.SKIPPED ? terminal.dim(title) : terminal.bold(title);
    }

    private String title(Group group) {
        var count = group.ids().size() == 1 ? "" : " ×" + group.ids().size();
        return terminal.safe(group.name()) + count;
    }

    private String note(Group group, boolean drawn) {
        var axes =
                group.axes().entrySet().stream()
                        .map(axis -> axis.getKey() + " " + values(axis.getValue()))
                        .collect(Collectors.joining(" · "));
        var after =
                drawn || group.needs().isEmpty() ? "" : "after " + String.join(", ", group.needs());
        return List.of(axes, after, verdict(group)).stream()
                .filter(part -> !part.isEmpty())
                .map(terminal::safe)
                .collect(Collectors.joining(" · "));
    }

    private static String values(List<String> values) {
        return values.size() <= MOST_VALUES
                ? String.join(", ", values)
                : String.join(", ", values.subList(0, MOST_VALUES - 1))
                        + ", … (%d)".formatted(values.size());
    }

    private static String verdict(Group group) {
        var verdict = group.verdict();
        if (verdict == null) {
            return group.verdicts().entrySet().stream()
                    .map(each -> each.getValue() + " " + word(each.getKey()))
                    .collect(Collectors.joining(", "));
        }
        var reason = group.reason();
        if (verdict == Verdict.RUNS && reason == null) {
            return "";
        }
        return reason == null ? word(verdict) : "%s: %s".formatted(word(verdict), reason);
    }

    private static String word(@Nullable Verdict verdict) {
        return verdict == null
                ? ""
                : switch (verdict) {
                    case RUNS -> "runs";
                    case SKIPPED -> "skipped";
                    case DEFERRED -> "decided when its needs are over";
                };
    }

    private String chain(PlanOutline outline) {
        var path = outline.criticalPath();
        if (path.isEmpty()) {
            return "Nothing runs.";
        }
        var shown =
                path.size() <= 8
                        ? String.join(" → ", path)
                        : "%s → … → %s"
                                .formatted(String.join(" → ", path.subList(0, 5)), path.getLast());
        return "%s: %s (%d). With enough workers up to %s× as fast as one by one%s."
                .formatted(
                        outline.measured() ? "Critical path" : "Longest chain",
                        terminal.safe(shown),
                        path.size(),
                        String.format(Locale.ROOT, "%.1f", outline.speedUp()),
                        outline.measured() ? "" : ", if all jobs take the same time");
    }
}
