package io.headrace.cli;

import io.headrace.language.explain.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Draws a graph as a history is drawn: one row for each node, with a lane from a node down to the
 * last that waits for it. Nodes that wait for the same and are waited for by the same share a lane.
 * Horizontal lines pass under lanes that they have nothing to do with.
 */
final class Lanes {

    /** Where the node itself stands in a row. */
    static final char NODE = '\u0000';

    /**
     * A lane.
     *
     * @param family of its sources
     * @param targets that are still to come
     */
    private record Lane(Family family, Set<String> sources, Set<String> targets) {}

    /** What nodes that may share a lane have in common. */
    private record Family(Set<String> needs, Set<String> dependants) {}

    private final List<@Nullable Lane> lanes = new ArrayList<>();
    private final Map<String, Set<String>> dependants = new HashMap<>();

    private Lanes(List<Group> groups) {
        for (var group : groups) {
            for (var need : group.needs()) {
                dependants.computeIfAbsent(need, _ -> new HashSet<>()).add(group.name());
            }
        }
    }

    /**
     * Returns the row of each group, families together, and otherwise in their order; {@link #NODE}
     * stands where the node is.
     *
     * @param groups sorted by level
     */
    static Map<Group, String> draw(List<Group> groups) {
        var drawing = new Lanes(groups);
        var families = new LinkedHashMap<List<Object>, List<Group>>();
        for (var group : groups) {
            families.computeIfAbsent(
                            List.of(group.level(), drawing.family(group)), _ -> new ArrayList<>())
                    .add(group);
        }
        var rows = new LinkedHashMap<Group, String>();
        families.values()
                .forEach(family -> family.forEach(group -> rows.put(group, drawing.row(group))));
        return rows;
    }

    private Family family(Group group) {
        return new Family(
                Set.copyOf(group.needs()), dependants.getOrDefault(group.name(), Set.of()));
    }

    private String row(Group group) {
        var feeding = new TreeSet<Integer>();
        var ending = new TreeSet<Integer>();
        for (int i = 0; i < lanes.size(); i++) {
            var lane = lanes.get(i);
            if (lane != null && group.needs().stream().anyMatch(lane.sources()::contains)) {
                feeding.add(i);
                if (lane.targets().size() == 1) {
                    ending.add(i);
                }
            }
        }
        var family = family(group);
        int shared = shared(family);
        int column = shared >= 0 ? shared : ending.isEmpty() ? free() : ending.first();
        var row = cells(column, feeding, ending);
        for (int i : feeding) {
            var lane = lanes.get(i);
            if (lane != null) {
                lane.targets().remove(group.name());
                if (lane.targets().isEmpty()) {
                    lanes.set(i, null);
                }
            }
        }
        var own = shared >= 0 ? lanes.get(shared) : null;
        if (own != null) {
            own.sources().add(group.name());
        } else {
            lanes.set(
                    column,
                    family.dependants().isEmpty()
                            ? null
                            : new Lane(
                                    family,
                                    new HashSet<>(Set.of(group.name())),
                                    new HashSet<>(family.dependants())));
        }
        return row;
    }

    /**
     * Returns the lane of a family, or -1. Without an edge that leads to it, a node stands alone.
     */
    private int shared(Family family) {
        for (int i = 0; i < lanes.size(); i++) {
            var lane = lanes.get(i);
            if (lane != null && !family.needs().isEmpty() && lane.family().equals(family)) {
                return i;
            }
        }
        return -1;
    }

    private int free() {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i) == null) {
                return i;
            }
        }
        lanes.add(null);
        return lanes.size() - 1;
    }

    private String cells(int column, SortedSet<Integer> feeding, SortedSet<Integer> ending) {
        int first = feeding.isEmpty() ? column : Math.min(column, feeding.first());
        int last = feeding.isEmpty() ? column : Math.max(column, feeding.last());
        var row = new StringBuilder();
        for (int i = 0; i < lanes.size(); i++) {
            boolean inside = first < i && i < last;
            char line;
            if (i == column) {
                line = NODE;
            } else if (feeding.contains(i)) {
                boolean ends = ending.contains(i);
                line =
                        i == first
                                ? (ends ? '╰' : '├')
                                : i == last ? (ends ? '╯' : '┤') : (ends ? '┴' : '┼');
            } else if (lanes.get(i) != null) {
                line = '│';
            } else {
                line = inside ? '─' : ' ';
            }
            row.append(line).append(first <= i && i < last ? '─' : ' ');
        }
        return row.toString();
    }
}
