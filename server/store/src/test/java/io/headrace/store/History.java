package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.retry.Failure;

/** Some runs in many states, for tests of what is done with a whole database. */
final class History {

    private History() {}

    /** A job of each state, a run of each, and a text with every kind of character. */
    static ProjectId write(Site site) {
        var project = site.project("shop");
        site.accept(project, Plans.of(Plans.job("done").build()));
        site.succeed(site.claim("done"));
        site.accept(
                project,
                Plans.of(
                        Plans.job("broken").retries(1).build(),
                        Plans.job("after", "broken").build(),
                        Plans.job("anyway", "broken").deferred().build()));
        site.fail(site.claim("broken"));
        site.fail(site.claim("broken"));
        site.succeed(site.claim("anyway"));
        site.accept(
                project,
                Plans.of(
                        Plans.job("runs").priority(9).build(),
                        Plans.job("waits", "runs").build(),
                        Plans.job("delayed").retries(2).priority(8).build()));
        site.claim("runs");
        site.error(site.claim("delayed"), "too many requests", Failure.RATE_LIMIT);
        var cancelled = site.accept(project, Plans.of(Plans.job("never").build()));
        site.runs().cancel(cancelled, "cancelled by “ada” \\ \"quotes\"\n\tand a line 🚂");
        site.runs().accept(site.newRun(project, null));
        site.accept(project, Plans.of(Plans.job("queued").build()));
        return project;
    }
}
