package io.headrace.engine.run;

import java.util.List;

/**
 * What a repetition of a run runs.
 *
 * @param from keys or base names of jobs; empty unless {@code scope} is {@link Scope#FROM}
 */
public record Rerun(Scope scope, List<String> from) {

    public Rerun {
        from = List.copyOf(from);
    }

    /** How much of a run is run again. */
    public enum Scope {
        /** All jobs of the same plan, for the same commit. */
        ALL,
        /** Those that did not succeed, and what depends on them; the rest is taken over. */
        FAILED,
        /** Likewise, and some that did succeed, with what depends on them. */
        FROM,
        /** All jobs, by the pipeline file and for the commit that the ref has by now. */
        NEWEST
    }

    public static Rerun all() {
        return new Rerun(Scope.ALL, List.of());
    }

    public static Rerun failed() {
        return new Rerun(Scope.FAILED, List.of());
    }

    /** Runs {@code jobs} again, by key or by base name, which means all its variants. */
    public static Rerun from(List<String> jobs) {
        return new Rerun(Scope.FROM, jobs);
    }

    public static Rerun newest() {
        return new Rerun(Scope.NEWEST, List.of());
    }
}
