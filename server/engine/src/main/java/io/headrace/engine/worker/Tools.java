package io.headrace.engine.worker;

import io.headrace.engine.Extensions;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.log.Logs;
import io.headrace.engine.project.ProjectStore;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Sources;
import io.headrace.engine.secret.Secrets;
import io.headrace.engine.secret.SourceLogins;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a worker needs to run jobs.
 *
 * @param installation marks processes and containers as ours
 * @param workspaces directory in which each attempt gets its own
 * @param grace time that a step has between TERM and KILL
 */
public record Tools(
        RunStore runs,
        BreakerStore breakers,
        ProjectStore projects,
        Sources sources,
        Secrets secrets,
        SourceLogins logins,
        Extensions extensions,
        Logs logs,
        Artifacts artifacts,
        String installation,
        Path workspaces,
        Duration grace) {}
