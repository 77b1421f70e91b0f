package io.headrace.engine.worker;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionRequest;
import io.headrace.api.Executor;
import io.headrace.api.ScmException;
import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.engine.log.LogLine;
import io.headrace.engine.log.LogWriter;
import io.headrace.engine.retry.Failures;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.RunStore.Generated;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.StaleFence;
import io.headrace.engine.run.Status;
import io.headrace.language.Conditions;
import io.headrace.language.JobResults;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a job, from the claim to the report: sources, place, artifacts in, steps,
 * artifacts out. The log is complete and readable before the end is reported.
 */
final class AttemptRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);
    private static final Duration REPORT_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Claim claim;
    private final Tools tools;
    private final PlanCache plans;
    private final ScheduledExecutorService timer;
    private final Interruption interruption;

    /** What came of the rest of the run, if this attempt was to generate it. */
    private @Nullable Generated generated;

    AttemptRunner(
            Claim claim,
            Tools tools,
            PlanCache plans,
            ScheduledExecutorService timer,
            Interruption interruption) {
        this.claim = claim;
        this.tools = tools;
        this.plans = plans;
        this.timer = timer;
        this.interruption = interruption;
    }

    /** Runs the attempt and reports its end. Never throws. */
    void run() {
        interruption.attach();
        Ending ending;
        try {
            ending = withLog();
        } catch (RuntimeException | IOException e) {
            LOG.error("Attempt {} of job {} could not be run", claim.attempt(), claim.key(), e);
            ending = couldNotRun(e);
        } finally {
            interruption.detach();
        }
        if (interruption.cause() != Interruption.Cause.LOST) {
            report(ending);
        }
    }

    private static Ending couldNotRun(Exception e) {
        return Ending.errored("the server could not run it: " + explain(e), Failures.of(e));
    }

    private static String trace(Exception e) {
        var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String explain(Exception e) {
        var message = e.getMessage();
        return e instanceof Refused && message != null
                ? message
                : e instanceof IOException && message != null
                        ? "%s (is the disk full?)".formatted(message)
                        : "an internal error; its cause is in the server's log";
    }

    private Ending withLog() throws IOException {
        AttemptSecrets secrets;
        Ending missing = null;
        try {
            secrets = AttemptSecrets.of(tools, claim, plans.summary(claim.run()).project(), plan());
        } catch (Refused e) {
            secrets = AttemptSecrets.NONE;
            missing = Ending.errored(e.getMessage(), Failures.of(e));
        }
        try (var log = tools.logs().open(claim.attempt(), secrets.masker())) {
            Ending ending;
            var told = false;
            try {
                ending = missing == null ? attempt(log, secrets) : missing;
                // The step that failed has said so itself.
                told = ending.status() == Status.FAILED;
            } catch (InterruptedException e) {
                interruption.detach();
                ending = Outcome.interrupted(interruption.cause(), plan().timeLimit());
            } catch (ExecutionException e) {
                ending = Outcome.of(e);
            } catch (ScmException e) {
                ending = Outcome.of(e);
            } catch (RuntimeException | IOException e) {
                // Masked, since messages from below may hold anything.
                LOG.error(
                        "Attempt {} of job {} could not be run: {}",
                        claim.attempt(),
                        claim.key(),
                        secrets.mask(trace(e)));
                ending = couldNotRun(e);
            }
            ending = ending.withReason(secrets.mask(ending.reason()));
            if (!told && !ending.reason().isEmpty()) {
                log.line(LogLine.JOB, sentence(ending.reason()));
            }
            return ending;
        }
    }

    private static String sentence(String reason) {
        return Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
    }

    private Plan.Job plan() {
        return plans.plan(claim.run())
                .job(claim.key())
                .orElseThrow(
                        () -> new IllegalStateException("No job " + claim.key() + " in the plan"));
    }

    private Ending attempt(LogWriter log, AttemptSecrets secrets)
            throws IOException, InterruptedException, ExecutionException, ScmException {
        var job = plan();
        var event = plans.event(claim.run());
        var results =
                new LateResults(
                        tools.runs(), tools.artifacts(), claim.run(), plans.plan(claim.run()), job);
        if (job.condition().verdict() == Plan.Condition.Verdict.DEFERRED) {
            var decided =
                    Conditions.ofJob(
                            job.condition(),
                            new Conditions.Facts(
                                    claim.needsFailed(), false, event, job.environment(), results));
            if (decided.verdict() == Plan.Condition.Verdict.SKIPPED) {
                return Outcome.skipped(decided.explanation());
            }
        }
        var alarm =
                timer.schedule(
                        () -> interruption.stop(Interruption.Cause.TIMED_OUT),
                        // Steps end themselves at this limit, with a better reason; this is for the
                        // rest.
                        job.timeLimit().plus(tools.grace()).plusSeconds(5).toMillis(),
                        TimeUnit.MILLISECONDS);
        var workspace =
                Files.createDirectory(tools.workspaces().resolve(claim.attempt().toString()));
        try {
            return inWorkspace(log, secrets, results, job, event, workspace);
        } finally {
            alarm.cancel(false);
            Workspaces.delete(workspace);
        }
    }

    private Ending inWorkspace(
            LogWriter log,
            AttemptSecrets secrets,
            JobResults results,
            Plan.Job job,
            PlanEvent event,
            Path workspace)
            throws IOException, InterruptedException, ExecutionException, ScmException {
        var deadline = System.nanoTime() + job.timeLimit().toNanos();
        var run = plans.summary(claim.run());
        var executor = executor(job);
        if (job.checkout()) {
            var project =
                    tools.projects()
                            .find(claim.project())
                            .orElseThrow(() ->
                                    Refused.notFound(
                                            "The project was deleted while its run waited"));
            log.line(LogLine.JOB, "Checking out %s".formatted(shortId(event.commit())));
            tools.sources().checkout(project, event.commit(), workspace, !executor.seesServer());
        }
        log.line(LogLine.JOB, place(executor, job));
        try (var execution =
                new Place(executor, tools.breakers()).open(request(job, run, workspace, log))) {
            interruption.during(execution);
            if (job.checkout() && !execution.sharesWorkspace()) {
                Workspaces.send(workspace, execution);
            }
            new ArtifactCarrier(tools.artifacts())
                    .bring(claim, plans.plan(claim.run()), job, execution, log);
            var rest = GeneratedPipeline.of(claim, tools, secrets, plans.plan(claim.run()));
            var late = new LateVariables(job, results, secrets.values(), execution);
            var environment =
                    new JobEnvironment(
                            run,
                            event,
                            job,
                            claim,
                            late,
                            secrets,
                            execution.workspace(),
                            rest == null
                                    ? Map.of()
                                    : Map.of(
                                            GeneratedPipeline.VARIABLE,
                                            execution.workspace() + "/" + rest.file()));
            var ending =
                    new StepRunner(
                                    claim,
                                    job,
                                    event,
                                    execution,
                                    environment,
                                    results,
                                    log,
                                    tools,
                                    timer,
                                    deadline)
                            .run();
            if (rest != null && ending.status() == Status.SUCCEEDED) {
                var result = rest.plan(event, execution, log);
                generated = result.generated();
                return result.ending();
            }
            return collect(job, execution, log, secrets, ending);
        } finally {
            interruption.during(null);
        }
    }

    private Ending collect(
            Plan.Job job, Execution execution, LogWriter log, AttemptSecrets secrets, Ending ending)
            throws InterruptedException {
        var succeeded = ending.status().satisfies();
        try {
            var kept =
                    tools.artifacts()
                            .collect(
                                    new Artifacts.Source(
                                            claim.run(), claim.job(), claim.attempt(), claim.key()),
                                    job.artifacts(),
                                    succeeded,
                                    execution,
                                    secrets::mask,
                                    line -> log.line(LogLine.JOB, line));
            LOG.debug("Attempt {} left {} artifacts", claim.attempt(), kept.size());
            return ending;
        } catch (ExecutionException e) {
            return succeeded ? Outcome.of(e) : ending;
        } catch (IOException e) {
            log.line(LogLine.JOB, "Artifacts could not be kept: " + e.getMessage());
            return succeeded
                    ? Ending.errored(
                            "artifacts could not be kept: " + e.getMessage(), Failures.of(e))
                    : ending;
        }
    }

    private Executor executor(Plan.Job job) throws ExecutionException {
        var type = job.executorType();
        return tools.extensions()
                .executor(type)
                .orElseThrow(() ->
                        new ExecutionException(
                                ExecutionException.Kind.INVALID,
                                "no plugin brings the executor '%s'; install or enable one"
                                        .formatted(type)));
    }

    private ExecutionRequest request(Plan.Job job, RunSummary run, Path workspace, LogWriter log) {
        var resources = job.resources();
        return new ExecutionRequest(
                claim.attempt().toString(),
                tools.installation(),
                job.name(),
                job.image(),
                workspace,
                new ExecutionRequest.Limits(
                        resources.cpus(),
                        resources.memoryBytes(),
                        ExecutionRequest.Limits.DEFAULT.processes(),
                        resources.network()),
                Map.of(
                        "io.headrace.run", run.id().toString(),
                        "io.headrace.project", run.project(),
                        "io.headrace.job", job.id()),
                line -> log.line(LogLine.JOB, line));
    }

    private static String place(Executor executor, Plan.Job job) {
        return job.image() == null
                ? "Running with the executor '%s'".formatted(executor.type())
                : "Running in %s with the executor '%s'".formatted(job.image(), executor.type());
    }

    private static String shortId(String commit) {
        return commit.substring(0, Math.min(12, commit.length()));
    }

    /**
     * Reports until the database takes it; what it takes is final, so a doubled report is refused.
     */
    private void report(Ending ending) {
        while (true) {
            try {
                if (generated == null) {
                    tools.runs().finish(claim, ending);
                } else {
                    tools.runs().finish(claim, ending, generated);
                }
                LOG.debug(
                        "Attempt {} ended {}, of job {} of run {}",
                        claim.attempt(),
                        ending.status(),
                        claim.job(),
                        claim.run());
                return;
            } catch (StaleFence e) {
                LOG.info("{}", e.getMessage());
                return;
            } catch (StoreException e) {
                LOG.warn(
                        "The end of attempt {} can't be written yet; trying again",
                        claim.attempt(),
                        e);
            }
            try {
                Thread.sleep(REPORT_AGAIN_AFTER);
            } catch (InterruptedException e) {
                // The server stops. The lease will run out, and the attempt be repeated.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
