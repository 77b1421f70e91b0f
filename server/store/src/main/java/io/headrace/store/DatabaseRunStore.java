package io.headrace.store;

import io.headrace.engine.Page;
import io.headrace.engine.Refused;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.retry.RetryLimits;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.NewRun;
import io.headrace.engine.run.QueuedJob;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.StepTry;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.store.Operation.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs in a database: hands changes to the {@link Writer} and questions to the {@link Readers}. */
final class DatabaseRunStore implements RunStore {

    private static final Executor VIRTUAL = Thread::startVirtualThread;

    private final Core core;
    private final Json json = new Json();
    private final RunReads reads = new RunReads(json);
    private final DetailReads details = new DetailReads(json, reads);
    private final Claiming claiming;
    private final Reports reports;
    private final Tries tries;
    private final Stopping stopping;
    private final StepReports steps;

    DatabaseRunStore(Core core) {
        this.core = core;
        this.claiming = new Claiming(core.queue(), core.vendor(), core.ids(), core.held());
        this.tries = new Tries(json);
        this.reports = new Reports(core.queueing(), core.ids(), tries);
        this.stopping = new Stopping(core.queueing(), core.ids());
        this.steps = new StepReports(core.writer());
    }

    @Override
    public Accepted accept(NewRun run) {
        var acceptance = new Acceptance(run, core.queueing(), core.ids(), json);
        return core.writer().call(Turn.PROJECT, run.project().value(), acceptance);
    }

    @Override
    public Optional<RunSummary> find(RunId id) {
        return core.readers().read(sql -> reads.find(sql, id));
    }

    @Override
    public Optional<RunSummary> find(String project, long number) {
        return core.readers().read(sql -> reads.find(sql, project, number));
    }

    @Override
    public Optional<RunDetail> detail(RunId id) {
        return core.readers().read(sql -> details.detail(sql, id));
    }

    @Override
    public Optional<AttemptPlace> place(AttemptId id) {
        return core.readers().read(sql -> reads.place(sql, id));
    }

    @Override
    public Set<AttemptId> unknown(Set<AttemptId> ids) {
        var values = ids.stream().map(AttemptId::value).toList();
        var known = core.readers().read(sql -> RunReads.attempts(sql, values));
        return ids.stream()
                .filter(id -> !known.contains(id.value()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Plan> plan(RunId id) {
        return core.readers().read(sql -> reads.plan(sql, id));
    }

    @Override
    public Optional<PlanEvent> event(RunId id) {
        return core.readers().read(sql -> reads.event(sql, id));
    }

    @Override
    public Page<RunSummary> list(RunFilter filter, @Nullable String after, int limit) {
        return core.readers().read(sql -> reads.list(sql, filter, after, limit));
    }

    @Override
    public Map<String, Duration> pastTimes(ProjectId project, int runs) {
        return core.readers().read(sql -> PastTimes.of(sql, project, runs));
    }

    @Override
    public Optional<RunSummary> latestFinished(ProjectId project, @Nullable String branch) {
        return core.readers().read(sql -> reads.latestFinished(sql, project, branch));
    }

    @Override
    public List<Claim> claim(
            String worker, Collection<String> pools, Set<String> labels, int max, Duration lease) {
        if (max < 1) {
            return List.of();
        }
        return core.writer()
                .call(
                        Turn.CLAIM,
                        0,
                        transaction ->
                                claiming.claim(transaction, worker, pools, labels, max, lease));
    }

    @Override
    public Renewal renew(Collection<Claim> claims, Duration lease) {
        if (claims.isEmpty()) {
            return new Renewal(Set.of(), Set.of());
        }
        var renewal =
                core.writer()
                        .call(
                                Turn.LEASE,
                                0,
                                transaction ->
                                        stopping.renew(transaction, List.copyOf(claims), lease));
        steps.forget(renewal.lost());
        return renewal;
    }

    @Override
    public CompletionStage<Void> stepStarted(Claim claim, int index, String name) {
        return stage(
                steps.submit(
                        claim,
                        transaction -> reports.stepStarted(transaction, claim, index, name)));
    }

    @Override
    public CompletionStage<Void> stepEnded(
            Claim claim,
            int index,
            String name,
            Status status,
            String reason,
            @Nullable Integer exitCode) {
        return stage(
                steps.submit(
                        claim,
                        transaction ->
                                reports.stepEnded(
                                        transaction,
                                        claim,
                                        index,
                                        name,
                                        status,
                                        reason,
                                        exitCode)));
    }

    @Override
    public CompletionStage<Void> stepTried(Claim claim, int index, StepTry tried) {
        return stage(
                steps.submit(
                        claim, transaction -> reports.stepTried(transaction, claim, index, tried)));
    }

    @Override
    public void limitRetries(RetryLimits limits) {
        tries.limit(limits);
    }

    /** What hangs on the stage must not run on the writer's thread, where it could block all. */
    private static CompletionStage<Void> stage(CompletableFuture<Boolean> report) {
        var stage = new CompletableFuture<Void>();
        var _ =
                report.whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                stage.complete(null);
                            } else {
                                stage.completeExceptionally(failure);
                            }
                        },
                        VIRTUAL);
        return stage;
    }

    @Override
    public void finish(Claim claim, Ending ending) {
        if (!ending.status().isTerminal()) {
            throw Refused.invalid("An attempt does not end as " + ending.status());
        }
        core.writer()
                .call(
                        Turn.RUN,
                        claim.run().value(),
                        steps.withEarlier(
                                claim,
                                transaction -> reports.finish(transaction, claim, ending, null)));
    }

    @Override
    public void finish(Claim claim, Ending ending, Generated generated) {
        if (!ending.status().isTerminal()) {
            throw Refused.invalid("An attempt does not end as " + ending.status());
        }
        var jobs = new GeneratedJobs(claim, generated, core.queueing(), core.ids(), json);
        core.writer()
                .call(
                        Turn.RUN,
                        claim.run().value(),
                        steps.withEarlier(
                                claim,
                                transaction -> reports.finish(transaction, claim, ending, jobs)));
    }

    @Override
    public List<AttemptId> cancel(RunId run, String reason) {
        var running =
                core.writer()
                        .call(
                                Turn.RUN,
                                run.value(),
                                transaction -> stopping.cancel(transaction, run, reason));
        if (!running.isEmpty()) {
            core.notifier().stopped(Set.of(run));
        }
        return running;
    }

    @Override
    public List<AttemptId> expireLeases() {
        var silent = core.readers().read(sql -> Stopping.silent(sql, core.vendor()));
        return each(
                silent,
                (transaction, live) ->
                        reports.expire(transaction, live.place().run(), live.attempt()));
    }

    @Override
    public List<AttemptId> abandon(String worker, String reason) {
        var running =
                core.readers()
                        .read(sql ->
                                QueueReads.running(sql).stream()
                                        .filter(live -> worker.equals(live.worker()))
                                        .toList());
        return each(
                running,
                (transaction, live) ->
                        reports.abandon(
                                transaction, live.place().run(), live.attempt(), worker, reason));
    }

    /** Ends attempts, each on its own; returns those for which it was so. */
    private List<AttemptId> each(List<LiveRow> attempts, Change change) {
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        for (var live : attempts) {
            answers.add(
                    core.writer()
                            .submit(
                                    Turn.RUN,
                                    live.place().run(),
                                    transaction -> change.make(transaction, live)));
        }
        var ended = new ArrayList<AttemptId>();
        for (var i = 0; i < answers.size(); i++) {
            if (Writer.await(answers.get(i))) {
                ended.add(new AttemptId(attempts.get(i).attempt()));
            }
        }
        return ended;
    }

    /** Changes an attempt; false if there was nothing to change any more. */
    private interface Change {
        boolean make(Transaction transaction, LiveRow live) throws java.sql.SQLException;
    }

    @Override
    public List<RunId> expireRuns() {
        var late = core.readers().read(sql -> Stopping.late(sql, core.vendor()));
        var ended = new ArrayList<RunId>();
        for (var run : late) {
            if (core.writer()
                    .call(
                            Turn.RUN,
                            run.value(),
                            transaction -> stopping.expire(transaction, run))) {
                ended.add(run);
            }
        }
        if (!ended.isEmpty()) {
            core.notifier().stopped(Set.copyOf(ended));
        }
        return ended;
    }

    @Override
    public List<QueuedJob> queue(int limit) {
        Cursors.check(limit);
        var first = core.queue().first(core, limit);
        return core.readers()
                .read(sql -> QueueReads.describe(sql, core.vendor().now(sql), first, limit));
    }

    @Override
    public Depth depth() {
        var all =
                core.queue().pools(core).stream()
                        .reduce(new PoolCount("", 0, 0, null), PoolCount::plus);
        return new Depth(
                all.queued(),
                all.running(),
                all.oldest() == null ? null : Times.instant(all.oldest()));
    }

    @Override
    public List<Claim> running(@Nullable String worker) {
        return core.readers().read(sql -> QueueReads.running(sql, worker));
    }

    @Override
    public void onQueued(Runnable listener) {
        core.notifier().onQueued(listener);
    }

    @Override
    public void onStopped(Consumer<Set<RunId>> listener) {
        core.notifier().onStopped(listener);
    }

    @Override
    public void onChanged(Consumer<Set<RunId>> listener) {
        core.notifier().onChanged(listener);
    }
}
