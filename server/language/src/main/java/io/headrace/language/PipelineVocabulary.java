package io.headrace.language;

import io.headrace.language.expression.Type;
import io.headrace.language.expression.Vocabulary;
import io.headrace.language.spelling.Spelling;
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

    private static final Set<String> NAMESPACES =
            Set.of("matrix", "env", "parameters", "inputs", "pipeline");

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
            case "parameters", "inputs", "pipeline" -> parameters.get(name);
            default -> null;
        };
    }

    @Override
    public String suggest(String path) {
        var habit = Habits.name(path);
        return habit != null ? habit : nearest(path);
    }

    private String nearest(String path) {
        if (NAMESPACES.contains(path)) {
            return "write a name after it, such as %s.NAME".formatted(path);
        }
        return switch (namespace(path)) {
            case "matrix" ->
                    axes.isEmpty()
                            ? "the job has no matrix: give it one"
                            : Spelling.suggestion(path, prefixed("matrix", axes), "names here");
            case "parameters", "inputs", "pipeline" ->
                    parameters.isEmpty()
                            ? "declare it under 'parameters'"
                            : Spelling.suggestion(
                                    path,
                                    prefixed(namespace(path), parameters.keySet()),
                                    "parameters");
            case "secrets" ->
                    "list it under 'secrets' of the job, and write \"$%s\" in commands"
                            .formatted(path.substring(path.indexOf('.') + 1));
            case "job" -> "use success() or failure() in 'if'";
            default ->
                    Spelling.nearest(path, names())
                            .map("did you mean '%s'?"::formatted)
                            .orElse(
                                    "if it is text, write \"%s\"; names are branch, tag, event, ref,"
                                                    .formatted(path)
                                            + " commit, matrix.NAME, env.NAME, parameters.NAME");
        };
    }

    @Override
    public Collection<String> names() {
        var names = new ArrayList<>(EVENT_VARIABLES.keySet().stream().sorted().toList());
        axes.forEach(axis -> names.add("matrix." + axis));
        parameters.keySet().forEach(parameter -> names.add("parameters." + parameter));
        return List.copyOf(names);
    }

    private static List<String> prefixed(String namespace, Collection<String> names) {
        return names.stream().map(name -> namespace + "." + name).toList();
    }

    static String namespace(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }
}
