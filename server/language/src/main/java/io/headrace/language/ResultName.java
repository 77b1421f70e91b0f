package io.headrace.language;

import io.headrace.language.expression.Type;
import io.headrace.language.expression.Value;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name in an expression that means the result of another job: {@code job.NAME.status}, {@code
 * job.NAME.artifacts.count}, {@code job.NAME.artifacts.ARTIFACT}.
 *
 * @param job as in the file, or the id of a variant, which may have dots in it
 * @param artifact null unless {@code kind} is ARTIFACT
 */
record ResultName(String job, Kind kind, @Nullable String artifact) {

    /** What is asked for. */
    enum Kind {
        STATUS,
        COUNT,
        ARTIFACT
    }

    /** What a status can be. */
    static final Set<String> STATUSES =
            Collections.unmodifiableSet(
                    new LinkedHashSet<>(
                            List.of("succeeded", "failed", "errored", "cancelled", "skipped")));

    private static final String SCOPE = "job.";
    private static final String STATUS = ".status";
    private static final String ARTIFACTS = ".artifacts.";

    /** Returns what {@code path} means, or null if it is no such name. */
    static @Nullable ResultName of(String path) {
        if (!path.startsWith(SCOPE)) {
            return null;
        }
        var rest = path.substring(SCOPE.length());
        int artifacts = rest.indexOf(ARTIFACTS);
        if (artifacts > 0) {
            var artifact = rest.substring(artifacts + ARTIFACTS.length());
            var job = rest.substring(0, artifacts);
            return artifact.equals("count")
                    ? new ResultName(job, Kind.COUNT, null)
                    : artifact.isEmpty() ? null : new ResultName(job, Kind.ARTIFACT, artifact);
        }
        int status = rest.length() - STATUS.length();
        return status > 0 && rest.endsWith(STATUS)
                ? new ResultName(rest.substring(0, status), Kind.STATUS, null)
                : null;
    }

    Type type() {
        return kind == Kind.COUNT ? Type.NUMBER : Type.TEXT;
    }

    Value in(JobResults results) {
        return switch (kind) {
            case STATUS -> new Value.Text(results.status(job));
            case COUNT -> new Value.Numeric(BigDecimal.valueOf(results.artifacts(job)));
            case ARTIFACT ->
                    new Value.Text(results.artifact(job, artifact == null ? "" : artifact));
        };
    }
}
