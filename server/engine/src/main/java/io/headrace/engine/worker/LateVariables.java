package io.headrace.engine.worker;

import io.headrace.api.ExecutionException;
import io.headrace.language.LateValues;
import io.headrace.language.Plan;
import io.headrace.language.expression.ExpressionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Values of one attempt that its plan leaves open, secrets among them: nothing of it is ever
 * written down.
 */
final class LateVariables {

    private final Map<String, String> job;
    private final Map<Integer, Map<String, String>> steps = new HashMap<>();
    private final Map<Integer, Map<String, String>> inputs = new HashMap<>();

    private LateVariables(Map<String, String> job) {
        this.job = job;
    }

    /**
     * Gives all of them their values.
     *
     * @throws ExecutionException if that can't be; the message holds no value
     */
    static LateVariables of(Plan.Job job, LateValues values) throws ExecutionException {
        try {
            var late = new LateVariables(values.of(job.later()));
            for (var step : job.steps()) {
                late.steps.put(step.index(), values.of(step.later()));
                var action = step.action();
                if (action != null) {
                    late.inputs.put(step.index(), values.of(action.later()));
                }
            }
            return late;
        } catch (ExpressionException e) {
            throw new ExecutionException(
                    ExecutionException.Kind.INVALID,
                    "a value of job '%s' can't be had: %s".formatted(job.name(), e.getMessage()));
        }
    }

    /** Returns where the job asks for what is known late: expressions by variable or input. */
    static List<Map<String, String>> open(Plan.Job job) {
        return Stream.concat(
                        Stream.of(job.later()),
                        job.steps().stream()
                                .flatMap(step -> {
                                    var action = step.action();
                                    return action == null
                                            ? Stream.of(step.later())
                                            : Stream.of(step.later(), action.later());
                                }))
                .filter(open -> !open.isEmpty())
                .toList();
    }

    Map<String, String> ofJob() {
        return job;
    }

    Map<String, String> ofStep(Plan.Step step) {
        return steps.getOrDefault(step.index(), Map.of());
    }

    Map<String, String> inputs(Plan.Step step) {
        return inputs.getOrDefault(step.index(), Map.of());
    }

    @Override
    public String toString() {
        return "LateVariables" + job.keySet();
    }
}
