package io.headrace.language;

import io.headrace.language.expression.Type;
import io.headrace.language.expression.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that expressions of one job may use.
 *
 * @param axes of the job's matrix
 * @param parameters of the pipeline
 */
record PipelineVocabulary(Set<String> axes, Map<String, Type> parameters, boolean allowsStatus)
        implements Vocabulary {

    /** Names of the event, with the environment variables that hold the same. */
    static final Map<String, String> EVENT_VARIABLES =
            Map.of(
                    "branch", "HEADRACE_BRANCH",
                    "tag", "HEADRACE_TAG",
                    "event", "HEADRACE_EVENT",
                    "ref", "HEADRACE_REF",
                    "commit", "HEADRACE_COMMIT",
                    "github.ref", "HEADRACE_REF",
                    "github.event_name", "HEADRACE_EVENT");

    PipelineVocabulary withStatus() {
        return new PipelineVocabulary(axes, parameters, true);
    }

    @Override
    public @Nullable Type type(String path) {
        if (EVENT_VARIABLES.containsKey(path)) {
            return Type.TEXT;
        }
        var name = path.substring(path.indexOf('.') + 1);
        return switch (namespace(path)) {
            case "matrix" -> axes.contains(name) ? Type.LOOSE : null;
            case "env" -> Variables.isName(name) ? Type.LOOSE : null;
            case "parameters", "inputs" -> parameters.get(name);
            default -> null;
        };
    }

    @Override
    public String suggest(String path) {
        var name = path.substring(path.indexOf('.') + 1);
        return switch (namespace(path)) {
            case "matrix" ->
                    axes.isEmpty()
                            ? "the job has no matrix: give it one"
                            : Names.suggestion(name, axes, "axes of this matrix");
            case "parameters", "inputs" ->
                    parameters.isEmpty()
                            ? "declare it under 'parameters'"
                            : Names.suggestion(name, parameters.keySet(), "parameters");
            case "secrets", "job", "pipeline" -> "it is not supported yet: remove it";
            default ->
                    Names.nearest(path, names())
                            .map("did you mean '%s'?"::formatted)
                            .orElse(
                                    "put text in quotes; names are branch, tag, event, ref, commit,"
                                            + " matrix.NAME, env.NAME and parameters.NAME");
        };
    }

    @Override
    public Collection<String> names() {
        var names = new ArrayList<>(EVENT_VARIABLES.keySet().stream().sorted().toList());
        axes.forEach(axis -> names.add("matrix." + axis));
        parameters.keySet().forEach(parameter -> names.add("parameters." + parameter));
        return List.copyOf(names);
    }

    static String namespace(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }
}
