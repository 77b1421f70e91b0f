package io.headrace.engine.run;

import io.headrace.engine.Page;
import io.headrace.engine.Refused;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.retry.RetryLimits;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps runs and moves them on. Each method is one transaction and each transition a
 * compare-and-set: whoever comes second changes nothing. Times are the database's.
 *
 * <p>The rules that hold in every transaction that ends a job:
 *
 * <ul>
 *   <li>A job that succeeded, was skipped, or failed with {@code continueOnFailure}, satisfies what
 *       depends on it; a {@code PENDING} job all of whose needs are satisfied becomes {@code
 *       QUEUED}.
 *   <li>Otherwise its dependants, direct or not, become {@code CANCELLED} with the reason {@code
 *       needs 'build', which failed}. Those with a deferred condition ({@link
 *       Plan.Condition.Verdict#DEFERRED}) do not: they become {@code QUEUED} once all their needs
 *       are terminal, with {@link Claim#needsFailed} set.
 *   <li>With {@link Plan#failFast}, the first job that fails makes all others {@code CANCELLED}, as
 *       {@link #cancel} does.
 *   <li>A run is {@code RUNNING} from its first claim on. When all jobs are terminal, it is {@code
 *       CANCELLED} if that was asked for, else {@code ERRORED} if a job is, else {@code FAILED} if
 *       a job is that may not fail, else {@code SUCCEEDED}. Its reason names the first such job.
 * </ul>
 */
public interface RunStore {

    /**
     * What came of {@link #accept}.
     *
     * @param isNew false if the idempotency key was used before; the run is that first one then
     */
    record Accepted(RunId run, long number, boolean isNew) {}

    /**
     * Writes a run with all its jobs and their edges. Jobs that the plan skips are {@code SKIPPED}
     * with the condition's explanation as their reason, jobs without open needs {@code QUEUED}, all
     * others {@code PENDING}. A plan in which nothing is left to do ends at once.
     */
    Accepted accept(NewRun run);

    Optional<RunSummary> find(RunId id);

    Optional<RunSummary> find(String project, long number);

    Optional<RunDetail> detail(RunId id);

    /** Finds the run, job and attempt number that an attempt belongs to. */
    Optional<AttemptPlace> place(AttemptId id);

    /**
     * Where an attempt belongs.
     *
     * @param startedAt null if no worker took it
     */
    record AttemptPlace(
            RunId run,
            JobId job,
            String key,
            int number,
            Status status,
            @Nullable Instant startedAt) {}

    /** Returns those of {@code ids} that no attempt has. */
    Set<AttemptId> unknown(Set<AttemptId> ids);

    /** Returns the plan; empty if there is none, or no such run. */
    Optional<Plan> plan(RunId id);

    Optional<PlanEvent> event(RunId id);

    /**
     * Lists newest first.
     *
     * @param after {@link Page#next} of the page before, or null for the first
     * @param limit 1 to 1000
     */
    Page<RunSummary> list(RunFilter filter, @Nullable String after, int limit);

    /**
     * Returns how long jobs took in the newest runs of a project that succeeded: of each job the
     * median, in whole milliseconds, from its first attempt's start to its end.
     *
     * @param runs how many runs are looked at
     * @return by the job's key in the plan; empty if there are none
     */
    Map<String, Duration> pastTimes(ProjectId project, int runs);

    /** Finds the newest run of a branch (null: of any) that is over. */
    Optional<RunSummary> latestFinished(ProjectId project, @Nullable String branch);

    /**
     * Gives up to {@code max} queued jobs to a worker, highest priority first, then oldest first:
     * of each, the newest attempt becomes {@code RUNNING} with a new fence.
     *
     * @param pools that the worker serves
     * @param labels that the worker has; jobs that ask for others are passed over
     * @param lease how long the worker may stay silent
     */
    List<Claim> claim(
            String worker, Collection<String> pools, Set<String> labels, int max, Duration lease);

    /**
     * What came of {@link #renew}.
     *
     * @param lost attempts that are over or belong to another worker: stop them, report nothing
     * @param cancelled attempts whose run was cancelled: stop them and report that
     */
    record Renewal(Set<AttemptId> lost, Set<AttemptId> cancelled) {}

    /** Extends leases by {@code lease} from now on. */
    Renewal renew(Collection<Claim> claims, Duration lease);

    /**
     * Notes that a step began. The stage completes when that is durable; nobody needs to wait for
     * it. It fails with {@link StaleFence} like {@link #finish}.
     */
    CompletionStage<Void> stepStarted(Claim claim, int index, String name);

    /** Notes how a step ended, like {@link #stepStarted}. Skipped steps were never started. */
    CompletionStage<Void> stepEnded(
            Claim claim,
            int index,
            String name,
            Status status,
            String reason,
            @Nullable Integer exitCode);

    /** Notes a try of a step after which the step was tried again, like {@link #stepStarted}. */
    CompletionStage<Void> stepTried(Claim claim, int index, StepTry tried);

    /**
     * How an attempt ended.
     *
     * @param status terminal
     * @param reason in words; empty where the state says it all
     * @param exitCode of the step that ended it, or null
     * @param retry whether another attempt may help, as far as the worker can tell; the policies
     *     decide whether there is one, and when
     * @param failure why it did not succeed; null unless it is {@code FAILED} or {@code ERRORED}
     */
    record Ending(
            Status status,
            String reason,
            @Nullable Integer exitCode,
            boolean retry,
            @Nullable Failure failure) {

        /** An end after which there is no other attempt. */
        public static Ending of(Status status, String reason) {
            return new Ending(
                    status,
                    reason,
                    null,
                    false,
                    switch (status) {
                        case FAILED -> Failure.EXIT_CODE;
                        case ERRORED -> Failure.UNKNOWN;
                        default -> null;
                    });
        }

        /** An end of an attempt that could not be run. */
        public static Ending errored(String reason, Failure failure) {
            return new Ending(Status.ERRORED, reason, null, true, failure);
        }

        public Ending withReason(String other) {
            return new Ending(status, other, exitCode, retry, failure);
        }
    }

    /**
     * Ends an attempt, and its job unless it is retried. A job has {@link Plan.Job#retries} further
     * tries after {@code FAILED} attempts, and those of its {@link
     * io.headrace.engine.retry.RetryPolicy} after failures that are not its own, counted apart.
     *
     * @throws StaleFence if the attempt is over or belongs to another worker; nothing changed then
     */
    void finish(Claim claim, Ending ending);

    /**
     * What came of a job that generates the rest of its run.
     *
     * @param plan of the whole run, that job included as it is; null if what it wrote is wrong
     * @param problems with the pipeline, all that are known now, warnings included
     */
    record Generated(@Nullable Plan plan, List<PipelineProblem> problems) {

        public Generated {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Ends the attempt of a job that generates the rest of its run, like {@link #finish(Claim,
     * Ending)}, and, in the same transaction, adds what it generated: all jobs of the plan but
     * itself, if it {@code SUCCEEDED} and the run is not to stop; and the problems in any case.
     *
     * @throws StaleFence likewise; nothing is added then
     * @throws Refused if jobs of the plan need others that are not there, or each other
     */
    void finish(Claim claim, Ending ending, Generated generated);

    /**
     * Asks for the end of a run: jobs that did not start become {@code CANCELLED} with {@code
     * reason}, those that run are told through {@link #renew}.
     *
     * @return the attempts that still run; empty if there is no such run or it was over already
     */
    List<AttemptId> cancel(RunId run, String reason);

    /**
     * Ends attempts whose lease ran out as {@code ERRORED} with the reason {@code worker lost},
     * retried while tries are left.
     *
     * @return the attempts that were ended
     */
    List<AttemptId> expireLeases();

    /**
     * Ends, like {@link #expireLeases}, all attempts that run on the worker, whatever their lease.
     * For a worker that starts again and knows that it left nothing running.
     */
    List<AttemptId> abandon(String worker, String reason);

    /** Ends, as {@code FAILED}, runs that took longer than their plan's time limit. */
    List<RunId> expireRuns();

    /** Lists what waits for a worker, in the order in which it is taken. */
    List<QueuedJob> queue(int limit);

    /** Counts jobs that are queued and those that run. */
    Depth depth();

    /**
     * How much there is to do.
     *
     * @param oldest since when the oldest queued job waits, or null
     */
    record Depth(int queued, int running, @Nullable Instant oldest) {}

    /** Lists attempts that run, with their claims, of one worker or (null) of all. */
    List<Claim> running(@Nullable String worker);

    /**
     * Sets what holds where no pipeline says how to try again; {@link RetryLimits#DEFAULT} before.
     */
    void limitRetries(RetryLimits limits);

    /** Calls back, from another thread, after a commit that queued jobs. */
    void onQueued(Runnable listener);

    /**
     * Calls back, from another thread, after a commit, of any process, by which attempts of these
     * runs that are under way are to stop: their workers need not wait for their next {@link
     * #renew} to learn it.
     */
    void onStopped(java.util.function.Consumer<Set<RunId>> listener);

    /** Calls back, from another thread, after commits that changed these runs in any way. */
    void onChanged(java.util.function.Consumer<Set<RunId>> listener);
}
