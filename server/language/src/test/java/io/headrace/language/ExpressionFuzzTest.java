package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headrace.language.expression.Expression;
import io.headrace.language.expression.ExpressionChecker;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.ExpressionParser;
import io.headrace.language.expression.Flaw;
import io.headrace.language.expression.Reducer;
import io.headrace.language.expression.Template;
import io.headrace.language.expression.Type;
import io.headrace.language.expression.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in an expression, it has a value or flaws that lie inside it. */
class ExpressionFuzzTest {

    private static final PipelineVocabulary NAMES =
            new PipelineVocabulary(
                    Set.of("java", "os"),
                    Map.of("level", Type.TEXT, "count", Type.NUMBER, "fast", Type.BOOLEAN),
                    true);

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
            assertThat(reparsed(expression)).isEqualTo(expression.print());
            var reduced = new Reducer(facts()).reduceCondition(expression);
            assertThat(reparsed(reduced)).isEqualTo(reduced.print());
        } catch (ExpressionException e) {
            assertInside(e.flaw(), text);
        }
    }

    /** What is printed means the same as what was parsed. */
    private static String reparsed(Expression expression) {
        try {
            return ExpressionParser.parse(expression.print()).print();
        } catch (ExpressionException e) {
            throw new AssertionError("'%s': %s".formatted(expression.print(), e.flaw()), e);
        }
    }

    private static void render(String text) {
        var flaws = new ArrayList<Flaw>();
        var template = Template.parse(text, flaws);
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
                Map.of("level", new Value.Text("high"), "fast", Value.TRUE),
                Map.of("java", "25"),
                Map.of("NAME", "x"),
                null,
                null,
                new Ledger(false));
    }
}
