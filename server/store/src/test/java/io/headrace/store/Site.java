package io.headrace.store;

import io.headrace.engine.Stores;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.NewRun;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store with short ways to do what tests do all the time. */
final class Site {

    static final Duration LEASE = Duration.ofSeconds(30);

    private final Stores stores;

    Site(Stores stores) {
        this.stores = stores;
    }

    RunStore runs() {
        return stores.runs();
    }

    ProjectId project(String name) {
        var id = new ProjectId(stores.ids().next());
        var now = Instant.parse("2026-03-01T10:00:00Z");
        var source = new Project.Source("git", "https://example.org/" + name + ".git", "main");
        stores.projects()
                .add(new Project(id, name, source, Project.DEFAULT_PIPELINE_FILE, now, now, 1));
        return id;
    }

    NewRun newRun(ProjectId project, @Nullable Plan plan) {
        return newRun(project, plan, "main", null);
    }

    NewRun newRun(ProjectId project, @Nullable Plan plan, String branch, @Nullable String key) {
        return new NewRun(
                new RunId(stores.ids().next()),
                project,
                event(branch),
                "Add a feature",
                "Ada <ada@example.org>",
                "ada",
                key,
                plan,
                List.of(),
                plan == null ? "the pipeline file has problems" : "",
                null,
                Map.of());
    }

    static PlanEvent event(String branch) {
        return new PlanEvent(
                "shop",
                PlanEvent.Type.PUSH,
                "refs/heads/" + branch,
                branch,
                null,
                "c0ffee",
                Map.of("level", "full"));
    }

    RunId accept(ProjectId project, Plan plan) {
        return runs().accept(newRun(project, plan)).run();
    }

    List<Claim> claim(int max) {
        return runs().claim("worker-1", List.of("default"), Set.of(), max, LEASE);
    }

    Claim claim() {
        return claim(1).getFirst();
    }

    /** Claims the job {@code key}; whatever else is claimed on the way stays claimed. */
    Claim claim(String key) {
        while (true) {
            var claims = claim(1);
            if (claims.isEmpty()) {
                throw new AssertionError("The job '" + key + "' is not queued");
            }
            if (claims.getFirst().key().equals(key)) {
                return claims.getFirst();
            }
        }
    }

    void succeed(Claim claim) {
        runs().finish(claim, RunStore.Ending.of(Status.SUCCEEDED, ""));
    }

    void fail(Claim claim) {
        fail(claim, Failure.EXIT_CODE);
    }

    void fail(Claim claim, Failure failure) {
        runs().finish(claim, new RunStore.Ending(Status.FAILED, "exit code 1", 1, true, failure));
    }

    /** Ends an attempt so that the next, if there is one, can be claimed at once. */
    void error(Claim claim, String reason) {
        error(claim, reason, Failure.WORKER_LOST);
    }

    void error(Claim claim, String reason, Failure failure) {
        runs().finish(claim, RunStore.Ending.errored(reason, failure));
    }

    RunSummary run(RunId id) {
        return runs().find(id).orElseThrow();
    }

    RunDetail detail(RunId id) {
        return runs().detail(id).orElseThrow();
    }

    RunDetail.Job job(RunId id, String key) {
        return detail(id).job(key).orElseThrow();
    }

    static Collection<String> keys(List<Claim> claims) {
        return claims.stream().map(Claim::key).toList();
    }
}
