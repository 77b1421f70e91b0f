package io.headrace.language;

import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.Facts;
import io.headrace.language.expression.Function;
import io.headrace.language.expression.Value;
import java.util.ArrayList;
import java.util.Collections;
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
    private final Map<String, String> resolved = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    private EnvironmentResolver(Map<String, Text> definitions, RunFacts facts, Report report) {
        this.definitions = definitions;
        this.facts = facts;
        this.report = report;
    }

    /**
     * Returns the values of {@code definitions} in their order.
     *
     * @param facts with the variables of the levels below
     */
    static Map<String, String> resolve(
            Map<String, Text> definitions, RunFacts facts, Report report) {
        if (definitions.isEmpty()) {
            return Map.of();
        }
        var resolver = new EnvironmentResolver(definitions, facts, report);
        var values = new LinkedHashMap<String, String>();
        definitions.forEach((name, text) -> values.put(name, resolver.value(name, text)));
        return Collections.unmodifiableMap(values);
    }

    private String value(String name, Text text) {
        var known = resolved.get(name);
        if (known != null) {
            return known;
        }
        open.add(name);
        var value = "";
        try {
            value = text.template().render(new Level(name));
            facts.ledger().add(report.context(), text, value);
        } catch (ExpressionException e) {
            report.error(
                    ProblemCode.UNRESOLVED,
                    report.within(text.scalar(), e.flaw().offset(), e.flaw().length()),
                    e.flaw().message(),
                    e.flaw().fix());
        }
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
            return new Value.Text(EnvironmentResolver.this.value(other, definition));
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
            var set = new TreeSet<>(facts.environment().keySet());
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
