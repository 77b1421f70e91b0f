package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headrace.language.expression.ExpressionChecker;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.ExpressionParser;
import io.headrace.language.expression.Flaw;
import io.headrace.language.expression.Reducer;
import io.headrace.language.expression.Template;
import io.headrace.language.expression.Type;
import io.headrace.language.expression.Undefined;
import io.headrace.language.expression.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in an expression, it has a value or flaws that lie inside it. */
class ExpressionFuzzTest {

    private static final PipelineVocabulary NAMES =
            new PipelineVocabulary(
                    Set.of("java", "os"),
                    Map.of("level", Type.TEXT, "count", Type.NUMBER, "fast", Type.BOOLEAN),
                    true,
                    PipelineVocabulary.Place.CONDITION);

    static Stream<byte[]> seeds() {
        return FuzzSeeds.expressions();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void everyTextHasAValueOrFlaws(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);

        Fuzzed.quickly(() -> {
            evaluate(text);
            render(text);
        });
    }

    private static void evaluate(String text) {
        try {
            var expression = ExpressionParser.parse(text);
            ExpressionChecker.checkCondition(expression, NAMES)
                    .forEach(flaw -> assertInside(flaw, text));
            Printing.assertReadsAsPrinted(expression);
            var reduced = new Reducer(facts()).reduceCondition(expression);
            Printing.assertReducedReadsAsPrinted(reduced);
        } catch (ExpressionException e) {
            assertInside(e.flaw(), text);
        }
    }

    private static void render(String text) {
        render(Template::parse, text);
        render(Template::parseValue, text);
    }

    private static void render(BiFunction<String, List<Flaw>, Template> parser, String text) {
        var flaws = new ArrayList<Flaw>();
        var template = parser.apply(text, flaws);
        flaws.forEach(flaw -> assertInside(flaw, text));
        assertThat(template.text()).isEqualTo(text);
        try {
            assertThat(template.render(facts())).isNotNull();
        } catch (ExpressionException e) {
            assertInside(e.flaw(), text);
        }
    }

    private static void assertInside(Flaw flaw, String text) {
        assertThat(flaw.offset()).as("%s", flaw).isBetween(0, text.length());
        assertThat(flaw.length()).as("%s", flaw).isPositive();
        assertThat(flaw.offset() + flaw.length())
                .as("%s", flaw)
                .isLessThanOrEqualTo(Math.max(1, text.length() + 1));
        assertThat(flaw.message()).isNotBlank();
        assertThat(flaw.fix()).isNotBlank();
    }

    /** Made anew each time, as the ledger counts. */
    private static RunFacts facts() {
        return new RunFacts(
                Events.push("main"),
                Map.of(
                        "level", new Value.Text("high"),
                        "count", new Value.Numeric(new BigDecimal("-4.50")),
                        "fast", Value.TRUE),
                Map.of("java", "25"),
                Environment.of(
                        Map.of("NAME", "x", "LIST", "a,b", "JSON", "{\"a\": [0, {\"b c\": {}}]}")),
                null,
                null,
                null,
                new Ledger(false),
                Undefined.ERROR);
    }
}
