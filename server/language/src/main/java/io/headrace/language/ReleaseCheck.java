package io.headrace.language;

import io.headrace.language.spelling.Spelling;
import java.util.Set;

/** Checks that what a {@code release} consists of is made by jobs of the pipeline. */
final class ReleaseCheck {

    private ReleaseCheck() {}

    /**
     * Reports artifacts of jobs that are not there.
     *
     * @param jobs keys of all jobs
     */
    static void check(SettingDefinition release, Set<String> jobs, Report top) {
        var artifacts = release.fields().get("artifacts");
        if (artifacts == null) {
            return;
        }
        artifacts
                .fields()
                .forEach((name, artifact) -> {
                    var job = artifact.fields().get("job");
                    var text = job == null ? null : job.text();
                    if (text != null && !jobs.contains(text.value())) {
                        top.in("release")
                                .in("artifact '%s'".formatted(Values.shown(name)))
                                .error(
                                        ProblemCode.UNKNOWN_JOB,
                                        text.mark(),
                                        "there is no job '%s'"
                                                .formatted(Values.shown(text.value())),
                                        Spelling.suggestion(text.value(), jobs, "jobs"));
                    }
                });
    }
}
