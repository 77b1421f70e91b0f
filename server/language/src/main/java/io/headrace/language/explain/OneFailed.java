package io.headrace.language.explain;

import io.headrace.language.JobResults;
import io.headrace.language.Plan;
import java.util.List;

/** What jobs would leave if one of them failed, and all others succeeded. */
record OneFailed(Plan.Job failed) implements JobResults {

    @Override
    public String status(String job) {
        return List.of(failed.id(), failed.name(), failed.baseName()).contains(job)
                ? "failed"
                : "succeeded";
    }

    @Override
    public int artifacts(String job) {
        return 0;
    }

    @Override
    public String artifact(String job, String name) {
        return "";
    }
}
