package io.headrace.store;

import java.util.List;

/**
 * What a check of a database found.
 *
 * @param checked the names of all invariants that were looked at
 * @param broken those that do not hold
 */
public record Findings(List<String> checked, List<Broken> broken) {

    public Findings {
        checked = List.copyOf(checked);
        broken = List.copyOf(broken);
    }

    /**
     * An invariant that does not hold.
     *
     * @param invariant its name; never changes
     * @param meaning what should be
     * @param remedy what an operator can do
     * @param count how many rows break it
     * @param rows the first of them, up to {@link Checks#SHOWN}
     */
    public record Broken(
            String invariant, String meaning, String remedy, long count, List<String> rows) {

        public Broken {
            rows = List.copyOf(rows);
        }

        @Override
        public String toString() {
            var more = count > rows.size() ? "\n  and %,d more".formatted(count - rows.size()) : "";
            return "%s: %s%n  %s%s%n  → %s"
                    .formatted(invariant, meaning, String.join("\n  ", rows), more, remedy);
        }
    }

    /** Returns whether all rows fit together. */
    public boolean isSound() {
        return broken.isEmpty();
    }
}
