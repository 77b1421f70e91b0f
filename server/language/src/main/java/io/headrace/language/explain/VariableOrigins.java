package io.headrace.language.explain;

import io.headrace.language.JobDefinition;
import io.headrace.language.LateValues;
import io.headrace.language.Parameter;
import io.headrace.language.Pipeline;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.language.StepDefinition;
import io.headrace.language.Text;
import io.headrace.language.Variables;
import io.headrace.language.explain.Explanation.Origin;
import io.headrace.language.explain.Explanation.Overridden;
import io.headrace.language.explain.Explanation.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Says where variables come from. A parameter of the run wins over the step, that over the job,
 * that over the matrix, that over the pipeline, that over files of variables; only the plain names
 * of a matrix's axes give way to the pipeline.
 */
final class VariableOrigins {

    private final Pipeline pipeline;
    private final PlanEvent event;
    private final Origins origins;

    VariableOrigins(Pipeline pipeline, PlanEvent event, Origins origins) {
        this.pipeline = pipeline;
        this.event = event;
        this.origins = origins;
    }

    List<Variable> of(Plan.Job job, @Nullable JobDefinition definition) {
        var variables = new ArrayList<Variable>();
        BiConsumer<String, String> ofJob =
                (name, value) ->
                        variables.add(variable(name, null, value, layers(name, job, definition)));
        job.environment().forEach(ofJob);
        job.later().forEach((name, open) -> ofJob.accept(name, LateValues.shown(open)));
        for (var step : job.steps()) {
            var written = definition == null ? null : definition.steps().get(step.index());
            BiConsumer<String, String> ofStep =
                    (name, value) ->
                            variables.add(
                                    variable(
                                            name,
                                            step.name(),
                                            value,
                                            layers(name, job, definition, written)));
            step.environment().forEach(ofStep);
            step.later().forEach((name, open) -> ofStep.accept(name, LateValues.shown(open)));
        }
        variables.sort(
                Comparator.comparing(Variable::name)
                        .thenComparing(each -> each.step() == null ? "" : each.step()));
        return List.copyOf(variables);
    }

    private static Variable variable(
            String name, @Nullable String step, String value, List<Overridden> layers) {
        return layers.isEmpty()
                ? new Variable(name, step, value, Origin.of("server"), List.of())
                : new Variable(
                        name,
                        step,
                        value,
                        layers.getFirst().origin(),
                        List.copyOf(layers.subList(1, layers.size())));
    }

    private List<Overridden> layers(
            String name,
            Plan.Job job,
            @Nullable JobDefinition definition,
            @Nullable StepDefinition step) {
        var layers = layers(name, job, definition);
        var own = step == null ? null : step.environment().get(name);
        if (own != null) {
            // What starts the run gives comes first.
            layers.add(event.parameters().containsKey(name) ? 1 : 0, written("step", own));
        }
        if (event.parameters().containsKey(name) && layers.getFirst().origin().line() != 0) {
            layers.addFirst(given(name));
        }
        return layers;
    }

    /** Returns what says the value of a variable of a job, strongest first. */
    private List<Overridden> layers(String name, Plan.Job job, @Nullable JobDefinition definition) {
        var layers = new ArrayList<Overridden>();
        for (var parameter : pipeline.parameters()) {
            if (Variables.ofParameter(parameter.name()).equals(name)) {
                parameter(parameter, layers);
            }
        }
        var own = definition == null ? null : definition.environment().get(name);
        if (own != null) {
            layers.add(written("job", own));
        }
        var common = pipeline.environment().get(name);
        var axis = axis(name, job);
        boolean plain = !name.startsWith("MATRIX_");
        if (axis != null && !(plain && common != null)) {
            layers.add(axis);
        }
        if (common != null) {
            layers.add(new Overridden(common.value(), origins.ofPipeline(common.mark())));
        }
        if (axis != null && plain && common != null) {
            layers.add(axis);
        }
        var same = named(name);
        if (same != null) {
            addDefault(same, layers);
        }
        if (event.parameters().containsKey(name) && (same != null || !layers.isEmpty())) {
            layers.addFirst(given(name));
        }
        return layers;
    }

    /** Finds the parameter whose value a variable has that bears its name. */
    private @Nullable Parameter named(String variable) {
        return pipeline.parameters().stream()
                .filter(parameter ->
                        parameter.name().equals(variable) && Variables.mayShadow(variable))
                .findFirst()
                .orElse(null);
    }

    private Overridden given(String name) {
        return new Overridden(
                event.parameters().getOrDefault(name, ""), Origin.of("given to the run"));
    }

    private void parameter(Parameter parameter, List<Overridden> layers) {
        var value = event.parameters().get(parameter.name());
        if (value != null) {
            layers.add(
                    new Overridden(
                            value,
                            Origin.of(
                                    "parameter '%s', given to the run"
                                            .formatted(parameter.name()))));
        }
        addDefault(parameter, layers);
    }

    private void addDefault(Parameter parameter, List<Overridden> layers) {
        var standard = parameter.defaultValue();
        if (standard != null) {
            layers.add(
                    new Overridden(
                            standard,
                            origins.at(
                                    "default of parameter '%s'".formatted(parameter.name()),
                                    parameter.mark())));
        }
    }

    private @Nullable Overridden axis(String name, Plan.Job job) {
        for (var each : job.matrix().entrySet()) {
            var upper = Variables.upper(each.getKey());
            if (name.equals("MATRIX_" + upper)
                    || (name.equals(upper) && Variables.mayShadow(name))
                    || (name.equals("GO_VERSION") && upper.equals("GO"))) {
                return new Overridden(each.getValue(), Origin.of("matrix." + each.getKey()));
            }
        }
        return null;
    }

    private Overridden written(String level, Text text) {
        return new Overridden(text.value(), origins.at(level, text.mark()));
    }
}
