package io.headrace.engine.worker;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.engine.artifact.WorkspaceHash;
import io.headrace.language.JobResults;
import io.headrace.language.LateValues;
import io.headrace.language.Plan;
import io.headrace.language.expression.ExpressionException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Values of one attempt that its plan leaves open, secrets among them: nothing of it is ever
 * written down. For one thread.
 */
final class LateVariables {

    private final Plan.Job job;
    private final JobResults results;
    private final Map<String, String> secrets;
    private final Execution execution;
    private final Map<String, String> ofJob;
    private final Map<Integer, OfStep> steps = new HashMap<>();

    private record OfStep(Map<String, String> variables, Map<String, String> inputs) {}

    /**
     * Gives the job's variables their values.
     *
     * @param secrets values by name
     * @param execution whose workspace is there
     * @throws ExecutionException if a value can't be had; the message holds none
     */
    LateVariables(
            Plan.Job job, JobResults results, Map<String, String> secrets, Execution execution)
            throws ExecutionException, InterruptedException {
        this.job = job;
        this.results = results;
        this.secrets = secrets;
        this.execution = execution;
        this.ofJob = values(job.later());
    }

    /** Returns where the job asks for what is known late: expressions by variable or input. */
    static List<Map<String, String>> open(Plan.Job job) {
        return Stream.concat(
                        Stream.of(job.later()),
                        job.steps().stream().flatMap(step -> Stream.of(step.later(), inputs(step))))
                .filter(open -> !open.isEmpty())
                .toList();
    }

    private static Map<String, String> inputs(Plan.Step step) {
        var action = step.action();
        return action == null ? Map.of() : action.later();
    }

    /**
     * Gives the variables and inputs of a step their values, as its workspace is now.
     *
     * @throws ExecutionException if a value can't be had; the message holds none
     */
    void prepare(Plan.Step step) throws ExecutionException, InterruptedException {
        steps.put(step.index(), new OfStep(values(step.later()), values(inputs(step))));
    }

    private Map<String, String> values(Map<String, String> open)
            throws ExecutionException, InterruptedException {
        if (open.isEmpty()) {
            return Map.of();
        }
        try {
            return new LateValues(results, secrets, digests(open.values())).of(open);
        } catch (ExpressionException e) {
            throw new ExecutionException(
                    ExecutionException.Kind.INVALID,
                    "a value of job '%s' can't be had: %s".formatted(job.name(), e.getMessage()));
        }
    }

    private Map<List<String>, String> digests(Collection<String> open)
            throws ExecutionException, InterruptedException {
        var digests = new HashMap<List<String>, String>();
        for (var globs : LateValues.globs(open)) {
            try {
                digests.put(globs, WorkspaceHash.of(globs, execution));
            } catch (IOException e) {
                throw new ExecutionException(
                        ExecutionException.Kind.INVALID,
                        "the digest of the files '%s' can't be had: %s"
                                .formatted(String.join("', '", globs), e.getMessage()),
                        e);
            }
        }
        return digests;
    }

    Map<String, String> ofJob() {
        return ofJob;
    }

    Map<String, String> ofStep(Plan.Step step) {
        var values = steps.get(step.index());
        return values == null ? Map.of() : values.variables();
    }

    Map<String, String> inputs(int step) {
        var values = steps.get(step);
        return values == null ? Map.of() : values.inputs();
    }

    @Override
    public String toString() {
        return "LateVariables of " + job.id();
    }
}
