package io.headrace.language;

import io.headrace.language.expression.Flaw;
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
 * @param inJob whether the texts are those of a job
 */
record PipelineVocabulary(
        Set<String> axes, Map<String, Type> parameters, boolean inJob, Place place)
        implements Vocabulary {

    /** Where an expression stands. */
    enum Place {
        /** A text that is complete when the run is planned. */
        TEXT,
        /** A condition, which may be decided later. */
        CONDITION,
        /** A variable of the pipeline or of a job: a value that nobody is shown. */
        VALUE,
        /** A variable of a step or an input of an action: a value when the workspace is there. */
        VALUE_OF_STEP,
        /** The key of a cache. */
        KEY;

        boolean isValue() {
            return this == VALUE || this == VALUE_OF_STEP;
        }
    }

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
            Set.of("matrix", "env", "parameters", "inputs", "pipeline", "secrets");

    PipelineVocabulary(Set<String> axes, Map<String, Type> parameters, boolean inJob) {
        this(axes, parameters, inJob, Place.TEXT);
    }

    PipelineVocabulary in(Place other) {
        return new PipelineVocabulary(axes, parameters, inJob, other);
    }

    @Override
    public boolean allowsFiles() {
        return place == Place.VALUE_OF_STEP || place == Place.KEY;
    }

    @Override
    public @Nullable String flawOfGlob(String glob) {
        return Paths.flaw(glob);
    }

    @Override
    public boolean allowsStatus() {
        return place == Place.CONDITION;
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
            case "secrets" -> place.isValue() && SecretNames.flaw(name) == null ? Type.TEXT : null;
            case "job" -> {
                var result =
                        inJob && (place.isValue() || place == Place.CONDITION)
                                ? ResultName.of(path)
                                : null;
                yield result == null ? null : result.type();
            }
            default -> null;
        };
    }

    @Override
    public @Nullable Refusal refusal(String path) {
        var name = path.substring(path.indexOf('.') + 1);
        return switch (namespace(path)) {
            case "secrets" -> secret(path, name);
            case "job" -> ResultName.of(path) == null ? null : result(path);
            default -> null;
        };
    }

    private Refusal secret(String path, String name) {
        var flaw = SecretNames.flaw(name);
        if (flaw != null) {
            return new Refusal(
                    Flaw.Kind.UNKNOWN,
                    "'%s' is no name for a secret".formatted(Values.shown(name)),
                    flaw);
        }
        return new Refusal(
                Flaw.Kind.SECRET,
                place == Place.CONDITION
                        ? "'%s' would let a secret decide, and what decides is shown"
                                .formatted(path)
                        : "'%s' would put a secret into a text".formatted(path),
                "list it under 'secrets' of the job, and write \"$%s\" in commands"
                        .formatted(name));
    }

    private Refusal result(String path) {
        return new Refusal(
                Flaw.Kind.UNKNOWN,
                "'%s' has no value until that job is over".formatted(path),
                inJob
                        ? "set a variable to it under 'environment', and write \"$NAME\" in commands"
                        : "write it in a job that waits for that one");
    }

    @Override
    public Set<String> values(String path) {
        var result = ResultName.of(path);
        return result != null && result.kind() == ResultName.Kind.STATUS
                ? ResultName.STATUSES
                : Set.of();
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
            case "job" ->
                    "write job.NAME.status, job.NAME.artifacts.count or"
                            + " job.NAME.artifacts.ARTIFACT";
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
