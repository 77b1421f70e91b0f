package io.headrace.language;

import io.headrace.language.expression.Facts;
import io.headrace.language.expression.Function;
import io.headrace.language.expression.Value;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run.
 *
 * @param parameters with their types, by name
 * @param matrix values of one variant
 * @param environment variables whose values are known
 * @param failed null while that is open
 * @param cancelled null while that is open
 */
record RunFacts(
        PlanEvent event,
        Map<String, Value> parameters,
        Map<String, String> matrix,
        Map<String, String> environment,
        @Nullable Boolean failed,
        @Nullable Boolean cancelled)
        implements Facts {

    static RunFacts planned(
            PlanEvent event, Map<String, Value> parameters, Map<String, String> matrix) {
        return new RunFacts(event, parameters, matrix, Map.of(), null, null);
    }

    RunFacts with(Map<String, String> variables) {
        return new RunFacts(event, parameters, matrix, variables, failed, cancelled);
    }

    @Override
    public @Nullable Value value(String path) {
        return switch (path) {
            case "branch" -> text(event.branch());
            case "tag" -> text(event.tag());
            case "ref", "github.ref" -> text(event.ref());
            case "commit" -> text(event.commit());
            case "event", "github.event_name" -> text(event.type().name().toLowerCase(Locale.ROOT));
            default -> named(path);
        };
    }

    private @Nullable Value named(String path) {
        var name = path.substring(path.indexOf('.') + 1);
        return switch (PipelineVocabulary.namespace(path)) {
            // A combination that an include does not touch lacks what the include adds.
            case "matrix" -> text(matrix.get(name));
            case "parameters", "inputs", "pipeline" -> parameters.getOrDefault(name, text(null));
            case "env" -> environment.containsKey(name) ? text(environment.get(name)) : null;
            default -> null;
        };
    }

    @Override
    public @Nullable Boolean status(Function function) {
        if (failed == null || cancelled == null) {
            return null;
        }
        return switch (function) {
            case SUCCESS -> !failed && !cancelled;
            case FAILURE -> failed;
            case ALWAYS -> true;
            case CONTAINS, STARTS_WITH, ENDS_WITH -> null;
        };
    }

    private static Value text(@Nullable String text) {
        return new Value.Text(text == null ? "" : text);
    }

    static Value typed(Parameter.Type type, String value) {
        return switch (type) {
            case STRING -> new Value.Text(value);
            case NUMBER -> new Value.Numeric(new BigDecimal(value));
            case BOOLEAN -> Value.of(value.equals("true"));
        };
    }
}
