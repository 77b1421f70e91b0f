package io.headrace.language.explain;

import io.headrace.language.Plan.Condition.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a plan as an SVG that needs nothing else: levels from left to right, the variants of a
 * matrix as one, colours for light and dark. All texts are escaped.
 */
public final class PlanSvg {

    private static final int WIDTH = 190;
    private static final int HEIGHT = 46;
    private static final int GAP_X = 74;
    private static final int GAP_Y = 20;
    private static final int MARGIN = 28;
    private static final int TOP = 86;
    private static final int LONGEST = 22;

    private static final String STYLE =
            """
            <style>
            svg{--back:#fff;--text:#1f2328;--dim:#59636e;--line:#afb8c1;--box:#f6f8fa;--edge:#d1d9e0;\
            --runs:#1a7f37;--later:#9a6700;--hot:#0969da;background:var(--back)}
            @media(prefers-color-scheme:dark){svg{--back:#0d1117;--text:#f0f6fc;--dim:#9198a1;--line:#59636e;\
            --box:#151b23;--edge:#3d444d;--runs:#3fb950;--later:#d29922;--hot:#4493f8}}
            text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--text)}
            .title{font-size:18px;font-weight:600}.dim{fill:var(--dim);font-size:11.5px}
            .name{font-weight:600}.box{fill:var(--box);stroke:var(--edge)}
            .hot .box{stroke:var(--hot);stroke-width:1.6}.off .box{stroke-dasharray:4 3}
            .off .name{fill:var(--dim)}.stack{fill:var(--box);stroke:var(--edge)}
            .runs{fill:var(--runs)}.later{fill:var(--later)}.skip{fill:none;stroke:var(--dim);stroke-width:1.5}
            .edge{fill:none;stroke:var(--line);stroke-width:1.5}.edge.hot{stroke:var(--hot);stroke-width:2}
            </style>
            """;

    private final PlanOutline outline;
    private final StringBuilder svg = new StringBuilder();
    private final Map<String, Group> groups = new HashMap<>();

    private PlanSvg(PlanOutline outline) {
        this.outline = outline;
        outline.groups().forEach(group -> groups.put(group.name(), group));
    }

    /** Returns the drawing, as text of an SVG file. */
    public static String draw(PlanOutline outline) {
        return new PlanSvg(outline).draw();
    }

    private String draw() {
        var layout = SvgLayout.of(outline.groups());
        int columns = layout.columns().size();
        int rows = layout.rows();
        int width = Math.max(480, 2 * MARGIN + columns * WIDTH + Math.max(0, columns - 1) * GAP_X);
        int height = TOP + rows * (HEIGHT + GAP_Y) + MARGIN;
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="%3$s">
                """
                        .formatted(width, height, escaped("The plan of " + outline.name())));
        svg.append(STYLE);
        text(MARGIN, 36, "title", cut(outline.name(), 60));
        text(MARGIN, 56, "dim", summary());
        for (var edge : layout.edges()) {
            edge(edge);
        }
        for (int column = 0; column < columns; column++) {
            text(x(column), TOP - 10, "dim", "Level " + (column + 1));
            for (var place : layout.columns().get(column)) {
                var group = groups.get(place.name());
                if (group != null) {
                    node(group, x(column), y(place.row()));
                }
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "%d jobs in %d levels · longest chain %d · up to %.1f× as fast as one by one",
                outline.nodes().size(),
                outline.levels().size(),
                outline.criticalPath().size(),
                outline.speedUp());
    }

    private static int x(int column) {
        return MARGIN + column * (WIDTH + GAP_X);
    }

    private static double y(double row) {
        return TOP + row * (HEIGHT + GAP_Y);
    }

    private void edge(SvgLayout.Edge edge) {
        var path = new StringBuilder();
        var points = edge.points();
        for (int i = 0; i < points.size(); i++) {
            var point = points.get(i);
            double left = x(point.column());
            double middle = y(point.row()) + HEIGHT / 2.0;
            if (i == 0) {
                path.append(String.format(Locale.ROOT, "M%.0f %.1f", left + WIDTH, middle));
                continue;
            }
            var before = points.get(i - 1);
            double from = x(before.column()) + WIDTH;
            double half = from + GAP_X / 2.0;
            path.append(
                    String.format(
                            Locale.ROOT,
                            "C%.0f %.1f %.0f %.1f %.0f %.1f",
                            half,
                            y(before.row()) + HEIGHT / 2.0,
                            half,
                            middle,
                            left,
                            middle));
            if (i < points.size() - 1) {
                path.append(String.format(Locale.ROOT, "H%.0f", left + WIDTH));
            }
        }
        var source = groups.get(edge.source());
        var target = groups.get(edge.target());
        boolean hot = source != null && target != null && source.critical() && target.critical();
        svg.append("<path class=\"edge%s\" d=\"%s\"/>\n".formatted(hot ? " hot" : "", path));
    }

    private void node(Group group, double x, double y) {
        var verdict = group.verdict();
        var classes = new ArrayList<String>();
        if (group.critical()) {
            classes.add("hot");
        }
        if (verdict == Verdict.SKIPPED) {
            classes.add("off");
        }
        svg.append(
                "<g class=\"%s\"><title>%s</title>\n"
                        .formatted(String.join(" ", classes), hint(group)));
        if (group.ids().size() > 1) {
            box("stack", x + 5, y + 5);
        }
        box("box", x, y);
        var dot = verdict == Verdict.RUNS ? "runs" : verdict == Verdict.SKIPPED ? "skip" : "later";
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>\n",
                        dot,
                        x + 17,
                        y + 23));
        var count = group.ids().size() == 1 ? "" : " ×" + group.ids().size();
        var note = note(group);
        text(
                x + 31,
                note.isEmpty() ? y + 27.5 : y + 20,
                "name",
                cut(group.name(), LONGEST - count.length()) + count);
        if (!note.isEmpty()) {
            text(x + 31, y + 36, "dim", cut(note, 23));
        }
        svg.append("</g>\n");
    }

    private void box(String name, double x, double y) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%.0f\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"7\"/>\n",
                        name,
                        x,
                        y,
                        WIDTH,
                        HEIGHT));
    }

    private static String note(Group group) {
        if (!group.axes().isEmpty()) {
            return String.join(
                    " · ",
                    group.axes().entrySet().stream()
                            .map(axis -> axis.getKey() + " " + String.join(", ", axis.getValue()))
                            .toList());
        }
        var reason = group.reason();
        return reason == null ? "" : reason;
    }

    /** Shown while the pointer rests on a node: all that had to be cut. */
    private static String hint(Group group) {
        var lines = new ArrayList<String>();
        lines.add(group.name());
        if (group.ids().size() > 1) {
            lines.add(String.join(", ", group.ids()));
        }
        var reason = group.reason();
        var verdict = group.verdict();
        if (verdict != null && (reason != null || verdict != Verdict.RUNS)) {
            lines.add(
                    switch (verdict) {
                                case RUNS -> "runs";
                                case SKIPPED -> "skipped";
                                case DEFERRED -> "decided when its needs are over";
                            }
                            + (reason == null ? "" : ": " + reason));
        }
        return escaped(String.join("\n", lines));
    }

    private void text(double x, double y, String name, String text) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%.0f\" y=\"%.1f\">%s</text>\n",
                        name,
                        x,
                        y,
                        escaped(text)));
    }

    private static String cut(String text, int length) {
        int points = text.codePointCount(0, text.length());
        return points <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }

    private static String escaped(String text) {
        var safe = new StringBuilder();
        text.codePoints()
                .forEach(point -> {
                    switch (point) {
                        case '&' -> safe.append("&amp;");
                        case '<' -> safe.append("&lt;");
                        case '>' -> safe.append("&gt;");
                        case '"' -> safe.append("&quot;");
                        case '\n' -> safe.append('\n');
                        default -> {
                            // XML has no place for other control characters and half pairs.
                            if (isText(point)) {
                                safe.appendCodePoint(point);
                            }
                        }
                    }
                });
        return safe.toString();
    }

    private static boolean isText(int point) {
        boolean half = point >= 0xD800 && point <= 0xDFFF;
        return point > 0xFFFF || (point >= 0x20 && !half && point < 0xFFFE);
    }
}
