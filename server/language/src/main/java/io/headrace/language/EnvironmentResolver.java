package io.headrace.language;

import io.headrace.language.expression.Expression;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.Facts;
import io.headrace.language.expression.Function;
import io.headrace.language.expression.Undefined;
import io.headrace.language.expression.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives variables their values, where one may name another: of the same level, or of a level below.
 * For one thread and one level.
 */
final class EnvironmentResolver {

    private static final int MAX_DEPTH = 10;

    private final Map<String, Text> definitions;
    private final RunFacts facts;
    private final Report report;
    private final Map<String, Expression> resolved = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    private EnvironmentResolver(Map<String, Text> definitions, RunFacts facts, Report report) {
        this.definitions = definitions;
        this.facts = facts;
        this.report = report;
    }

    /**
     * Returns the variables of one level, in their order; what whoever started the run gave for one
     * of them wins (conflicts B1).
     *
     * @param facts with the variables of the levels below
     */
    static Environment resolve(Map<String, Text> definitions, RunFacts facts, Report report) {
        var resolver = new EnvironmentResolver(definitions, facts, report);
        var level = new Environment();
        definitions.forEach((name, text) -> {
            var value = resolver.value(name, text);
            var given = facts.given(name);
            if (given != null) {
                level.put(name, given);
            } else if (value instanceof Expression.Literal(var known, _, _)) {
                level.put(name, known.text());
            } else {
                level.put(name, value);
            }
        });
        return level;
    }

    private Expression value(String name, Text text) {
        var known = resolved.get(name);
        if (known != null) {
            return known;
        }
        open.add(name);
        var value = JobPlanner.reduce(text, new Level(name), facts.ledger(), report);
        open.remove(name);
        resolved.put(name, value);
        return value;
    }

    /**
     * What the definition of one variable sees: a variable that names itself means the one below.
     */
    private final class Level implements Facts {

        private final String name;

        Level(String name) {
            this.name = name;
        }

        @Override
        public @Nullable Value value(String path) {
            var other = path.substring(path.indexOf('.') + 1);
            var definition =
                    PipelineVocabulary.namespace(path).equals("env")
                            ? definitions.get(other)
                            : null;
            if (definition == null || other.equals(name) || facts.given(other) != null) {
                return facts.value(path);
            }
            if (open.contains(other) || open.size() >= MAX_DEPTH) {
                var text = definition.scalar();
                report.error(
                        ProblemCode.UNRESOLVED,
                        text.mark(),
                        open.contains(other)
                                ? circle(other)
                                : "variables refer to each other more than 10 times in a row",
                        "write the value of one of them out");
                return new Value.Text("");
            }
            return EnvironmentResolver.this.value(other, definition)
                            instanceof Expression.Literal(var known, _, _)
                    ? known
                    : null;
        }

        @Override
        public @Nullable Expression later(String path) {
            var other = path.substring(path.indexOf('.') + 1);
            var value =
                    PipelineVocabulary.namespace(path).equals("env") && !other.equals(name)
                            ? resolved.get(other)
                            : null;
            return value != null && facts.given(other) == null ? value : facts.later(path);
        }

        @Override
        public Undefined undefined() {
            return facts.undefined();
        }

        @Override
        public boolean isKnownLater(String path) {
            return facts.isKnownLater(path);
        }

        /** Names all variables of a circle, in the order in which they refer to each other. */
        private String circle(String first) {
            var members = new ArrayList<>(open);
            var circle = members.subList(members.indexOf(first), members.size());
            return circle.size() == 2
                    ? "variables '%s' and '%s' refer to each other".formatted(first, name)
                    : "variables refer to each other: %s → %s"
                            .formatted(String.join(" → ", circle), first);
        }

        @Override
        public String suggest(String variable) {
            var set = new TreeSet<>(facts.environment().names());
            set.addAll(definitions.keySet());
            set.remove(name);
            return RunFacts.suggest(variable, set);
        }

        @Override
        public void spend(int characters) throws ExpressionException {
            facts.spend(characters);
        }

        @Override
        public @Nullable Boolean status(Function function) {
            return null;
        }
    }
}
