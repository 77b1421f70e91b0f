package io.headrace.language;

import io.headrace.language.yaml.Mark;
import java.util.List;
import java.util.Map;

/**
 * The axes of a job, as written.
 *
 * @param axes values by name, in the order of the file; none is empty
 * @param include combinations that are added, or that add to others
 * @param exclude combinations, whole or in part, that are left out
 * @param max number of combinations allowed
 */
public record Matrix(
        Map<String, List<String>> axes,
        List<Map<String, String>> include,
        List<Map<String, String>> exclude,
        int max,
        Mark mark) {

    /**
     * One job to be.
     *
     * @param values by name, in the order of the axes; never empty
     * @param title names and values that tell it from the others
     */
    public record Combination(Map<String, String> values, Map<String, String> title) {}
}
