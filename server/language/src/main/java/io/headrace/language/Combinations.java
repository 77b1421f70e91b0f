package io.headrace.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Expands a matrix. */
final class Combinations {

    /** More are counted but never made. */
    private static final int MAX_EXPANDED = 5_000;

    private Combinations() {}

    /** Returns how many jobs the matrix makes; where that is absurdly many, the product. */
    static long size(Matrix matrix) {
        long product = product(matrix);
        return product > MAX_EXPANDED ? product : of(matrix).size();
    }

    private static long product(Matrix matrix) {
        if (matrix.axes().isEmpty()) {
            return 0;
        }
        long product = 1;
        for (var values : matrix.axes().values()) {
            // A file of 1 MiB has too few values for the next product to overflow from here.
            product = Math.min(product, 1L << 40) * values.size();
        }
        return product;
    }

    /** Returns the combinations in the order of the axes, those that only include names last. */
    static List<Matrix.Combination> of(Matrix matrix) {
        List<Map<String, String>> product = new ArrayList<>();
        if (!matrix.axes().isEmpty()) {
            product.add(Map.of());
        }
        for (var axis : matrix.axes().entrySet()) {
            var longer = new ArrayList<Map<String, String>>();
            for (var shorter : product) {
                for (var value : axis.getValue()) {
                    longer.add(with(shorter, Map.of(axis.getKey(), value)));
                }
            }
            product = longer;
        }
        product.removeIf(each -> matrix.exclude().stream().anyMatch(out -> contains(each, out)));
        return included(matrix, product);
    }

    private static List<Matrix.Combination> included(
            Matrix matrix, List<Map<String, String>> product) {
        var extended = new ArrayList<>(product);
        var added = new ArrayList<Map<String, String>>();
        for (var include : matrix.include()) {
            boolean used = false;
            for (int i = 0; i < product.size(); i++) {
                // What an include adds may be replaced by a later one, what an axis gave may not.
                if (agrees(product.get(i), include)) {
                    extended.set(i, with(extended.get(i), include));
                    used = true;
                }
            }
            if (!used && !product.contains(include) && !added.contains(include)) {
                added.add(include);
            }
        }
        var all = new ArrayList<Matrix.Combination>();
        for (int i = 0; i < product.size(); i++) {
            all.add(combination(extended.get(i), product.get(i)));
        }
        added.forEach(values -> all.add(combination(values, values)));
        return List.copyOf(all);
    }

    private static Matrix.Combination combination(
            Map<String, String> values, Map<String, String> title) {
        return new Matrix.Combination(
                Collections.unmodifiableMap(values), Collections.unmodifiableMap(title));
    }

    private static boolean contains(Map<String, String> whole, Map<String, String> part) {
        return part.entrySet().stream()
                .allMatch(each -> each.getValue().equals(whole.get(each.getKey())));
    }

    private static boolean agrees(Map<String, String> combination, Map<String, String> include) {
        return include.entrySet().stream()
                .allMatch(each ->
                        each.getValue()
                                .equals(combination.getOrDefault(each.getKey(), each.getValue())));
    }

    private static Map<String, String> with(Map<String, String> map, Map<String, String> more) {
        var longer = new LinkedHashMap<>(map);
        longer.putAll(more);
        return longer;
    }
}
