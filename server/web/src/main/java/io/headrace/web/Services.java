package io.headrace.web;

import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.FirstAdministrator;
import io.headrace.engine.access.LoginThrottle;
import io.headrace.engine.access.Tokens;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.engine.backup.Backups;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.deadletter.DeadLetters;
import io.headrace.engine.health.Health;
import io.headrace.engine.lock.LockStore;
import io.headrace.engine.log.Logs;
import io.headrace.engine.plugin.Plugins;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.Pipelines;
import io.headrace.engine.run.Runs;
import io.headrace.engine.secret.Secrets;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.engine.worker.Pools;
import io.headrace.engine.worker.Queue;
import io.headrace.engine.worker.Workers;

/**
 * What the routes call.
 *
 * @param throttle the one that {@code accounts} and {@code first} use
 * @param health of the server and what it relies on
 */
public record Services(
        Projects projects,
        Secrets secrets,
        SourceLogins logins,
        Pipelines pipelines,
        Runs runs,
        Queue queue,
        Pools pools,
        LockStore locks,
        DeadLetters deadLetters,
        BreakerStore breakers,
        Workers workers,
        Logs logs,
        Artifacts artifacts,
        Plugins plugins,
        Accounts accounts,
        Tokens tokens,
        LoginThrottle throttle,
        FirstAdministrator first,
        Health health,
        Backups backups) {}
