package io.headrace.engine.run;

import io.headrace.engine.Page;
import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import io.headrace.engine.artifact.ArtifactCatalog;
import io.headrace.engine.artifact.ArtifactId;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.project.ProjectStore;
import io.headrace.language.Includes;
import io.headrace.language.PipelineProblem.Severity;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, shows, cancels and repeats runs. */
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private final RunStore store;
    private final ProjectStore projects;
    private final ArtifactCatalog artifacts;
    private static final int REMEMBERED_RUNS = 20;

    private final Sources sources;
    private final TimeId ids;
    private final List<Consumer<Set<RunId>>> changeListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Accepted>> acceptListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<AttemptId>>> cancelListeners = new CopyOnWriteArrayList<>();

    public Runs(
            RunStore store,
            ProjectStore projects,
            ArtifactCatalog artifacts,
            Sources sources,
            TimeId ids) {
        this.store = store;
        this.projects = projects;
        this.artifacts = artifacts;
        this.sources = sources;
        this.ids = ids;
    }

    /** Passes on what the store reports; called once, before the first run. */
    public void begin() {
        store.onChanged(runs -> changeListeners.forEach(listener -> tell(listener, runs)));
    }

    /** A listener that fails must not keep the news from the others. */
    private static void tell(Consumer<Set<RunId>> listener, Set<RunId> runs) {
        try {
            listener.accept(runs);
        } catch (RuntimeException e) {
            LOG.error("A listener to changes of runs failed", e);
        }
    }

    /**
     * Starts a run. When this returns, the run survives a crash of everything. What is wrong with
     * the sources or the pipeline makes a run that is {@code ERRORED}, with the reason.
     *
     * @throws Refused if there is no such project, or the wish is malformed
     */
    public RunStore.Accepted start(Trigger trigger) {
        var project =
                projects.find(trigger.project())
                        .orElseThrow(() -> unknownProject(trigger.project()));
        var key = trigger.idempotencyKey();
        if (key != null && (key.isBlank() || key.length() > 200)) {
            throw Refused.invalid("An idempotency key has 1 to 200 characters");
        }
        var found = sources.find(project, trigger);
        return accept(
                project.name(),
                new NewRun(
                        new RunId(ids.next()),
                        project.id(),
                        found.event(),
                        found.message(),
                        found.author(),
                        trigger.triggeredBy(),
                        key,
                        found.plan(),
                        found.problems(),
                        found.reason(),
                        null,
                        Map.of()));
    }

    private RunStore.Accepted accept(String project, NewRun run) {
        var accepted = store.accept(run);
        if (accepted.isNew()) {
            // Neither ref nor commit: both may be any text where they were not found.
            LOG.info(
                    "Run {} accepted, #{} of project {}: {}, started by {}, {}",
                    run.id(),
                    accepted.number(),
                    project,
                    run.event().type(),
                    run.triggeredBy(),
                    run.plan() == null ? "without a plan" : run.plan().jobs().size() + " jobs");
            var news = new Accepted(run, project, accepted.number());
            acceptListeners.forEach(listener -> listener.accept(news));
        }
        return accepted;
    }

    /**
     * A run that was accepted just now.
     *
     * @param project the project's name
     * @param number of the run in its project
     */
    public record Accepted(NewRun run, String project, long number) {}

    /** Calls back, on the thread that started it, with each run that was accepted here. */
    public void onAccepted(Consumer<Accepted> listener) {
        acceptListeners.add(listener);
    }

    public Optional<RunSummary> find(RunId id) {
        return store.find(id);
    }

    public Optional<RunSummary> find(String project, long number) {
        return store.find(project, number);
    }

    /**
     * Returns a run with all that is in it.
     *
     * @throws Refused if there is none
     */
    public RunDetail detail(RunId id) {
        return store.detail(id).orElseThrow(() -> unknown(id));
    }

    /** Lists newest first; see {@link RunStore#list}. */
    public Page<RunSummary> list(RunFilter filter, @Nullable String after, int limit) {
        return store.list(filter, after, limit);
    }

    /** Finds the newest run of a branch (null: of any) that is over, for the badge. */
    public Optional<RunSummary> latestFinished(Project project, @Nullable String branch) {
        return store.latestFinished(project.id(), branch);
    }

    /** Returns how long jobs take, as the latest 20 runs that succeeded show; by their ids. */
    public Map<String, Duration> pastTimes(ProjectId project) {
        return store.pastTimes(project, REMEMBERED_RUNS);
    }

    /** Returns the files that a pipeline file of {@code project} may name; see {@link Sources}. */
    public Includes files(Project project) {
        return sources.files(project);
    }

    /** Returns the plan; empty if the run has none. */
    public Optional<Plan> plan(RunId id) {
        return store.plan(id);
    }

    /** Returns what started the run; empty if there is no such run. */
    public Optional<PlanEvent> event(RunId id) {
        return store.event(id);
    }

    public Optional<RunStore.AttemptPlace> place(AttemptId id) {
        return store.place(id);
    }

    public List<QueuedJob> queue(int limit) {
        return store.queue(limit);
    }

    public RunStore.Depth depth() {
        return store.depth();
    }

    /**
     * Asks for the end of a run; harmless if it is over.
     *
     * @param who asks, for people
     * @throws Refused if there is no such run
     */
    public void cancel(RunId id, String who) {
        if (store.find(id).isEmpty()) {
            throw unknown(id);
        }
        var running = store.cancel(id, "cancelled by " + who);
        LOG.info("{} asked for the end of run {}, of which {} jobs run", who, id, running.size());
        cancelListeners.forEach(listener -> listener.accept(running));
    }

    /**
     * Runs a run again, as a new one that takes over what it does not run.
     *
     * @param who asks, for people
     * @throws Refused if there is no such run, it is not over yet, it had no plan, a job is named
     *     that it does not have, or {@link Rerun.Scope#FAILED} is asked for and nothing failed
     */
    public RunStore.Accepted rerun(RunId id, Rerun what, String who) {
        return rerun(id, what, who, null);
    }

    /**
     * Likewise, but once only for a key.
     *
     * @param key up to 200 characters, or null; a run of the same project that was started with it
     *     is the answer
     */
    public RunStore.Accepted rerun(RunId id, Rerun what, String who, @Nullable String key) {
        var old = detail(id);
        if (!old.run().status().isTerminal()) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "Run #%d is not over yet; cancel it, or wait for its end"
                            .formatted(old.run().number()));
        }
        if (what.scope() == Rerun.Scope.NEWEST) {
            return newest(old, who, key);
        }
        var plan = store.plan(id).orElse(null);
        var event = store.event(id).orElse(null);
        if (plan == null || event == null) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "Run #%d has no plan to run again; mend the pipeline file and start a new run"
                            .formatted(old.run().number()));
        }
        return accept(
                old.run().project(),
                new NewRun(
                        new RunId(ids.next()),
                        old.run().projectId(),
                        event,
                        old.run().message(),
                        old.run().author(),
                        who,
                        key,
                        plan,
                        // Errors are those of a rest that is generated anew.
                        old.problems().stream()
                                .filter(each -> each.severity() != Severity.ERROR)
                                .toList(),
                        "",
                        id,
                        kept(old, new Repetition(old, plan).kept(what))));
    }

    /** Runs what the ref of an old run says by now, with the same parameters. */
    private RunStore.Accepted newest(RunDetail old, String who, @Nullable String key) {
        var project =
                projects.find(old.run().project())
                        .orElseThrow(() -> unknownProject(old.run().project()));
        var event = store.event(old.run().id()).orElseThrow(() -> unknown(old.run().id()));
        var found =
                sources.find(
                        project,
                        new Trigger(
                                project.name(),
                                event.type(),
                                event.ref(),
                                null,
                                event.parameters(),
                                who,
                                null));
        return accept(
                project.name(),
                new NewRun(
                        new RunId(ids.next()),
                        project.id(),
                        found.event(),
                        found.message(),
                        found.author(),
                        who,
                        key,
                        found.plan(),
                        found.problems(),
                        found.reason(),
                        old.run().id(),
                        Map.of()));
    }

    /**
     * Calls back after changes of runs, from another thread; close what is returned to end that.
     */
    public AutoCloseable onChanged(Consumer<Set<RunId>> listener) {
        changeListeners.add(listener);
        return () -> changeListeners.remove(listener);
    }

    /** Calls back with attempts that are to be stopped because their run was cancelled. */
    public void onCancelled(Consumer<List<AttemptId>> listener) {
        cancelListeners.add(listener);
    }

    private Map<String, NewRun.Kept> kept(RunDetail old, Set<String> keys) {
        var kept = new HashMap<String, NewRun.Kept>();
        for (var job : old.jobs()) {
            if (keys.contains(job.key())) {
                var copies = new ArrayList<ArtifactId>();
                artifacts.ofJob(job.id()).forEach(_ -> copies.add(new ArtifactId(ids.next())));
                kept.put(job.key(), new NewRun.Kept(job.id(), job.status(), copies));
            }
        }
        return kept;
    }

    private static Refused unknown(RunId id) {
        return Refused.notFound("There is no run " + id + "; it may have been deleted");
    }

    private static Refused unknownProject(String name) {
        return Refused.notFound(
                "There is no project '%s'; see the list of projects (headrace project list)"
                        .formatted(name));
    }

    /**
     * What a trigger leads to.
     *
     * @param plan null if there is none, which {@code reason} explains
     */
    public record Found(
            PlanEvent event,
            String message,
            String author,
            @Nullable Plan plan,
            List<io.headrace.language.PipelineProblem> problems,
            String reason) {}
}
