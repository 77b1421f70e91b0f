package io.headrace.language;

import io.headrace.language.expression.Expression;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.ExpressionParser;
import io.headrace.language.expression.Facts;
import io.headrace.language.expression.Function;
import io.headrace.language.expression.Reducer;
import io.headrace.language.expression.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values that a plan leaves open, when a job is about to start: results of the jobs
 * before it, and secrets. A plan holds them as expressions, such as {@code format("token {0}",
 * secrets.TOKEN)}. For one thread.
 */
public final class LateValues {

    private static final String SECRETS = "secrets.";

    private final JobResults results;
    private final Map<String, String> secrets;
    private final Map<List<String>, String> files;

    /**
     * @param secrets values by name
     * @param files digests by the globs of the files: see {@link #globs}
     */
    public LateValues(
            JobResults results, Map<String, String> secrets, Map<List<String>, String> files) {
        this.results = results;
        this.secrets = secrets;
        this.files = files;
    }

    /** Returns the globs of each group of files whose digest expressions of a plan ask for. */
    public static Set<List<String>> globs(Collection<String> open) {
        var globs = new LinkedHashSet<List<String>>();
        for (var each : open) {
            parsed(each)
                    .calls(Function.HASH_FILES)
                    .forEach(call ->
                            globs.add(call.arguments().stream().map(LateValues::glob).toList()));
        }
        return globs;
    }

    private static String glob(Expression argument) {
        if (argument instanceof Expression.Literal(var value, _, _)) {
            return value.text();
        }
        throw new IllegalArgumentException("no expression of a plan");
    }

    /** Returns the names of the secrets that expressions of a plan ask for. */
    public static Set<String> secrets(Collection<String> open) {
        var names = new LinkedHashSet<String>();
        for (var path : paths(open)) {
            if (path.startsWith(SECRETS)) {
                names.add(path.substring(SECRETS.length()));
            }
        }
        return names;
    }

    /** Returns what people are told of an expression of a plan, such as {@code secret TOKEN}. */
    public static String shown(String open) {
        return parsed(open) instanceof Expression.Reference(var path, _, _)
                        && path.startsWith(SECRETS)
                ? "secret " + path.substring(SECRETS.length())
                : open;
    }

    private static Set<String> paths(Collection<String> open) {
        var paths = new LinkedHashSet<String>();
        for (var each : open) {
            parsed(each).references().forEach(reference -> paths.add(reference.path()));
        }
        return paths;
    }

    /**
     * Returns the values of the expressions of a plan, by name.
     *
     * @throws ExpressionException if one can't be had; the message holds no secret
     */
    public Map<String, String> of(Map<String, String> open) throws ExpressionException {
        var values = new LinkedHashMap<String, String>();
        for (var each : open.entrySet()) {
            values.put(each.getKey(), value(parsed(each.getValue())));
        }
        return values;
    }

    private String value(Expression open) throws ExpressionException {
        var reduced = new Reducer(new Known()).reduce(open);
        if (reduced instanceof Expression.Literal(var value, _, _)) {
            return value.text();
        }
        throw new IllegalStateException("nobody knows " + reduced.print());
    }

    private static Expression parsed(String open) {
        try {
            return ExpressionParser.parseReduced(open);
        } catch (ExpressionException e) {
            throw new IllegalArgumentException("no expression of a plan", e);
        }
    }

    /** Tells whether an expression would show more of a secret than that it is there. */
    static boolean dividesSecrets(Expression open) {
        return switch (open) {
            case Expression.Reference _ -> false;
            case Expression.Call(var function, var arguments, _, _)
                    when function == Function.FORMAT ->
                    namesSecret(arguments.getFirst())
                            || arguments.stream().anyMatch(LateValues::dividesSecrets);
            case Expression.Literal _,
                    Expression.Not _,
                    Expression.Negative _,
                    Expression.Binary _,
                    Expression.Index _,
                    Expression.Call _ ->
                    namesSecret(open);
        };
    }

    static boolean namesSecret(Expression open) {
        return open.references().anyMatch(each -> each.path().startsWith(SECRETS));
    }

    private final class Known implements Facts {

        @Override
        public @Nullable Value value(String path) {
            var result = ResultName.of(path);
            if (result != null) {
                return result.in(results);
            }
            var secret =
                    path.startsWith(SECRETS) ? secrets.get(path.substring(SECRETS.length())) : null;
            return secret == null ? null : new Value.Text(secret);
        }

        @Override
        public @Nullable String hashFiles(List<String> globs) {
            return files.get(globs);
        }

        @Override
        public @Nullable Boolean status(Function function) {
            return null;
        }
    }
}
