package io.headrace.language;

import io.headrace.language.expression.Expression;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.Facts;
import io.headrace.language.expression.Function;
import io.headrace.language.expression.Undefined;
import io.headrace.language.expression.Value;
import io.headrace.language.spelling.Spelling;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run.
 *
 * @param parameters with their types, by name
 * @param matrix values of one variant
 * @param failed null while that is open
 * @param cancelled null while that is open
 * @param results of other jobs, or null while these are open
 * @param ledger counts what is made of values
 * @param undefined what becomes of variables in texts that nobody defined
 */
record RunFacts(
        PlanEvent event,
        Map<String, Value> parameters,
        Map<String, String> matrix,
        Environment environment,
        @Nullable Boolean failed,
        @Nullable Boolean cancelled,
        @Nullable JobResults results,
        Ledger ledger,
        Undefined undefined)
        implements Facts {

    static RunFacts planned(
            PlanEvent event, Map<String, Value> parameters, Ledger ledger, Undefined undefined) {
        return new RunFacts(
                event,
                parameters,
                Map.of(),
                new Environment(),
                null,
                null,
                null,
                ledger,
                undefined);
    }

    /** Returns the same for one variant of a job. */
    RunFacts ofVariant(Map<String, String> values) {
        return new RunFacts(
                event,
                parameters,
                values,
                new Environment(),
                failed,
                cancelled,
                results,
                ledger,
                undefined);
    }

    RunFacts with(Environment variables) {
        return new RunFacts(
                event,
                parameters,
                matrix,
                variables,
                failed,
                cancelled,
                results,
                ledger,
                undefined);
    }

    /** Returns what whoever started the run gave for a variable; that wins (conflicts B1). */
    @Nullable String given(String variable) {
        return Variables.isReserved(variable) ? null : event.parameters().get(variable);
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
            case "env" -> variable(name);
            case "job" -> {
                var result = results == null ? null : ResultName.of(path);
                yield result == null || results == null ? null : result.in(results);
            }
            default -> null;
        };
    }

    private @Nullable Value variable(String name) {
        var given = given(name);
        var value = given == null ? environment.value(name) : given;
        return value == null ? ofTheRun(name) : text(value);
    }

    @Override
    public @Nullable Expression later(String path) {
        var name = path.substring(path.indexOf('.') + 1);
        return PipelineVocabulary.namespace(path).equals("env") && given(name) == null
                ? environment.later(name)
                : null;
    }

    @Override
    public boolean isKnownLater(String path) {
        return switch (PipelineVocabulary.namespace(path)) {
            case "secrets", "job" -> true;
            default -> false;
        };
    }

    /** Returns a variable that the server sets for each run, if it is known this early. */
    private @Nullable Value ofTheRun(String name) {
        return switch (name) {
            case "CI", "HEADRACE" -> text("true");
            case "HEADRACE_PROJECT" -> text(event.project());
            case "HEADRACE_EVENT" -> value("event");
            case "HEADRACE_REF" -> value("ref");
            case "HEADRACE_COMMIT", "GIT_COMMIT_SHA" -> value("commit");
            case "HEADRACE_BRANCH", "BRANCH_NAME" -> value("branch");
            case "HEADRACE_TAG" -> value("tag");
            default -> null;
        };
    }

    @Override
    public String suggest(String variable) {
        return suggest(variable, environment.names());
    }

    /**
     * Returns what to do about a variable that isn't set.
     *
     * @param set names of those that are
     */
    static String suggest(String variable, Collection<String> set) {
        if (Variables.isOfTheJob(variable)) {
            return "it is set when the job runs: use it in a command";
        }
        var near = Spelling.nearest(variable, set).map("did you mean '%s'? "::formatted).orElse("");
        return near
                + (set.isEmpty()
                        ? "define it in the pipeline"
                        : Spelling.listed(set, near.isEmpty() ? "variables here" : "variables"));
    }

    @Override
    public void spend(int characters) throws ExpressionException {
        ledger.spend(characters);
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
            case CONTAINS,
                    STARTS_WITH,
                    ENDS_WITH,
                    JOIN,
                    SPLIT,
                    FORMAT,
                    FROM_JSON,
                    TO_JSON,
                    HASH_FILES ->
                    null;
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
