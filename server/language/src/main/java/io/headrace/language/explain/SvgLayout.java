package io.headrace.language.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the nodes of a drawing stand: a column for each level; in a column as near to what they
 * need as there is room. An edge that passes over a column keeps a place in it, so that it crosses
 * no node.
 *
 * @param columns the nodes of each level, from the top
 * @param rows height of the drawing in rows
 */
record SvgLayout(List<List<Place>> columns, List<Edge> edges, int rows) {

    /** Where a node stands; rows are counted from 0. */
    record Place(String name, double row) {}

    /** A point that an edge passes. */
    record Point(int column, double row) {}

    /** An edge with all the points that it passes, its ends included. */
    record Edge(String source, String target, List<Point> points) {}

    /** Beyond it, edges don't keep places: drawings of that size are looked at from afar. */
    private static final int MAX_PASSING = 2000;

    private static final int ROUNDS = 6;

    /** A node, or a place of an edge; no record, as it is compared by identity. */
    private static final class Item {

        private final String name;
        private final int column;
        private final List<Item> before = new ArrayList<>();
        private final List<Item> after = new ArrayList<>();

        Item(String name, int column) {
            this.name = name;
            this.column = column;
        }

        boolean isNode() {
            return !name.isEmpty();
        }
    }

    static SvgLayout of(List<Group> groups) {
        var columns = new ArrayList<List<Item>>();
        var items = new HashMap<String, Item>();
        for (var group : groups) {
            while (columns.size() <= group.level()) {
                columns.add(new ArrayList<>());
            }
            var item = new Item(group.name(), group.level());
            items.put(group.name(), item);
            columns.get(group.level()).add(item);
        }
        var chains = chains(groups, items, columns);
        var rows = new HashMap<Item, Double>();
        columns.forEach(column -> number(column, rows));
        for (int round = 0; round < ROUNDS; round++) {
            for (var column : round % 2 == 0 ? columns : columns.reversed()) {
                sort(column, round % 2 == 0, rows);
            }
        }
        int height = columns.stream().mapToInt(List::size).max().orElse(0);
        centre(columns, height, rows);
        return new SvgLayout(
                columns.stream().map(column -> places(column, rows)).toList(),
                chains.stream().map(chain -> edge(chain, rows)).toList(),
                height);
    }

    private static List<List<Item>> chains(
            List<Group> groups, Map<String, Item> items, List<List<Item>> columns) {
        var levels = new HashMap<String, Integer>();
        groups.forEach(group -> levels.put(group.name(), group.level()));
        var chains = new ArrayList<List<Item>>();
        int passing = 0;
        for (var group : groups) {
            for (var need : group.needs()) {
                var source = items.get(need);
                var target = items.get(group.name());
                if (source == null || target == null) {
                    continue;
                }
                var chain = new ArrayList<Item>(List.of(source));
                for (int level = levels.getOrDefault(need, 0) + 1;
                        level < group.level() && passing < MAX_PASSING;
                        level++, passing++) {
                    var place = new Item("", level);
                    columns.get(level).add(place);
                    chain.add(place);
                }
                chain.add(target);
                for (int i = 1; i < chain.size(); i++) {
                    chain.get(i - 1).after.add(chain.get(i));
                    chain.get(i).before.add(chain.get(i - 1));
                }
                chains.add(chain);
            }
        }
        return chains;
    }

    private static void number(List<Item> column, Map<Item, Double> rows) {
        for (int i = 0; i < column.size(); i++) {
            rows.put(column.get(i), (double) i);
        }
    }

    private static void sort(List<Item> column, boolean forwards, Map<Item, Double> rows) {
        var wanted = new HashMap<Item, Double>();
        for (var item : column) {
            wanted.put(
                    item,
                    (forwards ? item.before : item.after)
                            .stream()
                                    .mapToDouble(each -> rows.getOrDefault(each, 0.0))
                                    .average()
                                    .orElse(rows.getOrDefault(item, 0.0)));
        }
        column.sort(Comparator.comparingDouble(item -> wanted.getOrDefault(item, 0.0)));
        number(column, rows);
    }

    /** Puts short columns into the middle. */
    private static void centre(List<List<Item>> columns, int height, Map<Item, Double> rows) {
        for (var column : columns) {
            double shift = (height - column.size()) / 2.0;
            column.forEach(item -> rows.merge(item, shift, Double::sum));
        }
    }

    private static List<Place> places(List<Item> column, Map<Item, Double> rows) {
        return column.stream()
                .filter(Item::isNode)
                .map(item -> new Place(item.name, rows.getOrDefault(item, 0.0)))
                .toList();
    }

    private static Edge edge(List<Item> chain, Map<Item, Double> rows) {
        var points = new ArrayList<Point>();
        for (var item : chain) {
            points.add(new Point(item.column, rows.getOrDefault(item, 0.0)));
        }
        return new Edge(chain.getFirst().name, chain.getLast().name, points);
    }
}
