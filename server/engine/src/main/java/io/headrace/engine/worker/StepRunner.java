package io.headrace.engine.worker;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.api.StepAction;
import io.headrace.engine.Extensions;
import io.headrace.engine.log.LogWriter;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.retry.Failures;
import io.headrace.engine.retry.RetryPolicy;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.StepTry;
import io.headrace.language.Conditions;
import io.headrace.language.JobResults;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs the steps of one attempt in order, and says how the attempt ends. */
final class StepRunner {

    private final Claim claim;
    private final Plan.Job job;
    private final PlanEvent event;
    private final Execution execution;
    private final JobEnvironment environment;
    private final JobResults results;
    private final LogWriter log;
    private final RunStore store;
    private final Extensions extensions;
    private final ScheduledExecutorService timer;
    private final Duration grace;
    private final long deadline;

    private @Nullable Ending failure;

    /**
     * How a step ended.
     *
     * @param mayRetry whether another try of it could end otherwise
     * @param failure null if it succeeded
     */
    private record StepEnd(
            Status status,
            String reason,
            @Nullable Integer exitCode,
            boolean mayRetry,
            @Nullable Failure failure) {

        boolean succeeded() {
            return status == Status.SUCCEEDED;
        }
    }

    StepRunner(
            Claim claim,
            Plan.Job job,
            PlanEvent event,
            Execution execution,
            JobEnvironment environment,
            JobResults results,
            LogWriter log,
            Tools tools,
            ScheduledExecutorService timer,
            long deadlineNanos) {
        this.claim = claim;
        this.job = job;
        this.event = event;
        this.execution = execution;
        this.environment = environment;
        this.results = results;
        this.log = log;
        this.store = tools.runs();
        this.extensions = tools.extensions();
        this.timer = timer;
        this.grace = tools.grace();
        this.deadline = deadlineNanos;
    }

    Ending run() throws ExecutionException, InterruptedException {
        for (var step : job.steps()) {
            var condition = decided(step);
            if (condition.verdict() == Plan.Condition.Verdict.SKIPPED) {
                skip(step, failure == null ? condition.explanation() : "an earlier step failed");
                continue;
            }
            runAndRecord(step);
        }
        return failure == null ? Outcome.succeeded() : failure;
    }

    private Plan.Condition decided(Plan.Step step) {
        var condition = step.condition();
        if (condition.verdict() == Plan.Condition.Verdict.SKIPPED) {
            return condition;
        }
        if (condition.verdict() == Plan.Condition.Verdict.RUNS && failure == null) {
            return condition;
        }
        return Conditions.ofStep(
                condition,
                new Conditions.Facts(
                        failure != null, false, event, environment.forStep(step), results));
    }

    private void skip(Plan.Step step, String reason) {
        log.line(
                step.index(),
                "Skipped: " + (reason.isEmpty() ? "its condition did not hold" : reason));
        var masked = environment.mask(reason);
        record(store.stepEnded(claim, step.index(), step.name(), Status.SKIPPED, masked, null));
    }

    private void runAndRecord(Plan.Step step) throws ExecutionException, InterruptedException {
        record(store.stepStarted(claim, step.index(), step.name()));
        StepEnd end;
        try {
            environment.prepare(step);
            end = withRetries(step);
        } catch (ExecutionException e) {
            ended(step, new StepEnd(Status.ERRORED, e.getMessage(), null, false, Failures.of(e)));
            throw e;
        } catch (InterruptedException e) {
            ended(step, new StepEnd(Status.CANCELLED, "stopped while it ran", null, false, null));
            throw e;
        }
        ended(step, end);
        if (!end.succeeded() && !step.continueOnFailure() && failure == null) {
            failure = failureOf(step, end);
        }
    }

    private Ending failureOf(Plan.Step step, StepEnd end) {
        var why = end.failure() == null ? Failure.EXIT_CODE : end.failure();
        return Outcome.failed(
                "step '%s': %s".formatted(step.name(), end.reason()),
                end.exitCode(),
                why == Failure.TIME_LIMIT ? job.retryOnTimeout() : end.mayRetry(),
                why);
    }

    private StepEnd withRetries(Plan.Step step) throws ExecutionException, InterruptedException {
        var began = System.nanoTime();
        var end = once(step);
        for (var tries = 1;
                !end.succeeded() && end.mayRetry() && tries <= step.retries();
                tries++) {
            var delay = RetryPolicy.STEP.delay(tries, RandomGenerator.getDefault());
            if (delay.toNanos() >= remaining().toNanos()) {
                return end;
            }
            log.line(
                    step.index(),
                    "%s; trying again in %s (try %d of %d)"
                            .formatted(
                                    end.reason(),
                                    Outcome.inWords(delay),
                                    tries + 1,
                                    step.retries() + 1));
            record(
                    store.stepTried(
                            claim,
                            step.index(),
                            new StepTry(
                                    tries,
                                    end.exitCode(),
                                    environment.mask(end.reason()),
                                    end.failure() == null ? Failure.EXIT_CODE : end.failure(),
                                    Duration.ofNanos(System.nanoTime() - began),
                                    delay)));
            Thread.sleep(delay);
            began = System.nanoTime();
            end = once(step);
        }
        return end;
    }

    private StepEnd once(Plan.Step step) throws ExecutionException, InterruptedException {
        var left = remaining();
        var limit = step.timeLimit().compareTo(left) < 0 ? step.timeLimit() : left;
        if (!limit.isPositive()) {
            return timedOut("the job", job.timeLimit(), false);
        }
        var action = step.action();
        var end = action == null ? script(step, limit) : action(step, action, limit);
        if (end != null) {
            return end;
        }
        return limit.equals(step.timeLimit())
                ? timedOut("the step", limit, step.retryOnTimeout())
                : timedOut("the job", job.timeLimit(), false);
    }

    /** Returns null if the time limit was reached. */
    private @Nullable StepEnd script(Plan.Step step, Duration limit)
            throws ExecutionException, InterruptedException {
        var script = String.join("\n", step.commands());
        for (var command : step.commands()) {
            command.lines().forEach(line -> log.line(step.index(), "$ " + line));
        }
        var command =
                new Command(
                        List.of("/bin/sh", "-e", "-c", script),
                        environment.forStep(step),
                        step.workingDirectory(),
                        limit,
                        grace);
        try (var output = log.output(step.index())) {
            var words = new LastWords(output);
            var result = execution.run(command, words);
            return result.timedOut() ? null : exited(result.exitCode(), words);
        }
    }

    /** Returns null if the time limit was reached. */
    private @Nullable StepEnd action(Plan.Step step, Plan.Action call, Duration limit)
            throws ExecutionException, InterruptedException {
        var action = extensions.action(call.name()).orElse(null);
        if (action == null) {
            throw new ExecutionException(
                    ExecutionException.Kind.INVALID,
                    "step '%s' uses '%s', but no plugin brings that action; install or enable one"
                            .formatted(step.name(), call.name()));
        }
        var inputs = inputs(step, call, environment.inputs(step, call), action);
        try (var output = log.output(step.index())) {
            var words = new LastWords(output);
            var context = new Context(inputs, environment.forStep(step), words, step.index());
            var result = TimeLimit.run(timer, limit, () -> action.run(context));
            return result.timedOut() ? null : exited(result.exitCode(), words);
        }
    }

    private static Map<String, String> inputs(
            Plan.Step step, Plan.Action call, Map<String, String> with, StepAction action)
            throws ExecutionException {
        var values = new HashMap<String, String>();
        for (var input : action.inputs()) {
            var value = with.get(input.name());
            if (value == null) {
                value = input.defaultValue();
            }
            if (value != null) {
                values.put(input.name(), value);
            } else if (input.required()) {
                throw new ExecutionException(
                        ExecutionException.Kind.INVALID,
                        "step '%s' uses '%s' without its input '%s' (%s); add it under 'with'"
                                .formatted(step.name(), call.name(), input.name(), input.help()));
            }
        }
        for (var name : with.keySet()) {
            if (action.inputs().stream().noneMatch(input -> input.name().equals(name))) {
                throw new ExecutionException(
                        ExecutionException.Kind.INVALID,
                        "step '%s' gives '%s' an input '%s' that it does not know; it knows %s"
                                .formatted(
                                        step.name(),
                                        call.name(),
                                        name,
                                        action.inputs().stream()
                                                .map(StepAction.Input::name)
                                                .toList()));
            }
        }
        return values;
    }

    private static StepEnd exited(int exitCode, LastWords words) {
        if (exitCode == 0) {
            return new StepEnd(Status.SUCCEEDED, "", 0, false, null);
        }
        var why = Failures.ofExit(exitCode, words.text());
        return new StepEnd(
                Status.FAILED, ExitCodes.explain(exitCode), exitCode, !why.isFinal(), why);
    }

    private static StepEnd timedOut(String what, Duration limit, boolean mayRetry) {
        return new StepEnd(
                Status.FAILED,
                "%s took longer than its time limit of %s".formatted(what, Outcome.inWords(limit)),
                124,
                mayRetry,
                Failure.TIME_LIMIT);
    }

    private Duration remaining() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    private void ended(Plan.Step step, StepEnd end) {
        if (!end.reason().isEmpty()) {
            log.line(
                    step.index(),
                    "Step '%s' %s: %s".formatted(step.name(), word(end.status()), end.reason()));
        }
        record(
                store.stepEnded(
                        claim,
                        step.index(),
                        step.name(),
                        end.status(),
                        environment.mask(end.reason()),
                        end.exitCode()));
    }

    private static String word(Status status) {
        return switch (status) {
            case FAILED -> "failed";
            case ERRORED -> "could not be run";
            case CANCELLED -> "was stopped";
            case SKIPPED -> "was skipped";
            case PENDING, QUEUED, RUNNING, WAITING, SUCCEEDED -> "ended";
        };
    }

    /**
     * A report that comes too late (another worker has the attempt) is answered again, and then
     * minded, by the attempt's own end.
     */
    private static void record(java.util.concurrent.CompletionStage<Void> report) {
        var _ = report.exceptionally(_ -> null);
    }

    private final class Context implements StepAction.StepContext {

        private final Map<String, String> inputs;
        private final Map<String, String> variables;
        private final CommandOutput output;
        private final int index;

        Context(
                Map<String, String> inputs,
                Map<String, String> variables,
                CommandOutput output,
                int index) {
            this.inputs = Map.copyOf(inputs);
            this.variables = Map.copyOf(variables);
            this.output = output;
            this.index = index;
        }

        @Override
        public Map<String, String> inputs() {
            return inputs;
        }

        @Override
        public Map<String, String> environment() {
            return variables;
        }

        @Override
        public Execution execution() {
            return execution;
        }

        @Override
        public CommandOutput output() {
            return output;
        }

        @Override
        public void log(String line) {
            log.line(index, line);
        }
    }
}
