package io.headrace.engine.run;

import io.headrace.engine.project.ProjectId;
import io.headrace.language.PlanEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run, as lists show it.
 *
 * @param project the project's name
 * @param number counted from 1 in its project
 * @param reason why it is in this state, in words; empty where the state says it all
 * @param event what happened that started it
 * @param ref full name of the ref, such as {@code refs/heads/main}
 * @param branch short name, or null where the ref is no branch
 * @param tag short name, or null where the ref is no tag
 * @param commit full id; empty if it could not be found
 * @param message first line of the commit's message
 * @param author as the commit says
 * @param triggeredBy who or what asked for it
 * @param rerunOf the run that this one repeats, or null
 */
public record RunSummary(
        RunId id,
        ProjectId projectId,
        String project,
        long number,
        Status status,
        String reason,
        PlanEvent.Type event,
        String ref,
        @Nullable String branch,
        @Nullable String tag,
        String commit,
        String message,
        String author,
        String triggeredBy,
        @Nullable RunId rerunOf,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
