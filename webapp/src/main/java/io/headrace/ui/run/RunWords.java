package io.headrace.ui.run;

import io.headrace.engine.run.RunSummary;
import java.util.Locale;

/** Says where a run's commit is, and what started the run, wherever a run is shown. */
final class RunWords {

    private RunWords() {}

    /** Returns the branch, or else {@code tag v1}, or else the ref; blank if nothing is known. */
    static String where(RunSummary run) {
        if (run.branch() != null) {
            return run.branch();
        }
        return run.tag() != null ? "tag " + run.tag() : run.ref();
    }

    /** Returns who and what started it, such as {@code ada (manual)}. */
    static String startedBy(RunSummary run) {
        return "%s (%s)"
                .formatted(
                        run.triggeredBy(),
                        run.event().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
