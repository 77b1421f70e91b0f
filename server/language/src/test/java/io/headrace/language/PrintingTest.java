package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.ExpressionParser;
import io.headrace.language.expression.Reducer;
import io.headrace.language.expression.Undefined;
import io.headrace.language.expression.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions are printed for explanations, and what is open of them is read again later. */
class PrintingTest {

    private static final String[] PIECES = {
        "-",
        "-",
        "!",
        "(",
        "(",
        ")",
        ")",
        "[",
        "]",
        ".",
        ",",
        "+",
        "*",
        "/",
        "==",
        "<",
        "&&",
        "||",
        "1",
        "0",
        "2.50",
        "'a'",
        "'a b'",
        "'0'",
        "\"\\\"\"",
        "a",
        "true",
        "env.X",
        "parameters.n",
        "matrix.os",
        "tag",
        ".b",
        ".b.0",
        "split(",
        "fromJSON(",
        "'[1,[2]]'",
        "failure()",
        "join(",
        "hashFiles(",
        "job.a.status",
        "secrets.X"
    };

    private static RunFacts facts(String n, String os) {
        return new RunFacts(
                Events.push("main"),
                Map.of("n", new Value.Numeric(new BigDecimal(n))),
                Map.of("os", os),
                new Environment(),
                null,
                null,
                null,
                new Ledger(false),
                Undefined.ERROR);
    }

    @ParameterizedTest(name = "{0} is printed as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    - - -env.X                      | ---env.X
                    --5                             | 5
                    -(2)                            | -2
                    1--env.X                        | 1 - -env.X
                    -(env.X*2)                      | -(env.X * 2)
                    (-env.X)*2                      | -env.X * 2
                    -env.X[0]                       | -env.X[0]
                    (-5)[0]                         | (-5)[0]
                    !-env.X                         | !-env.X
                    env.A -(env.B - env.C)          | env.A - (env.B - env.C)
                    (env.A / env.B) / env.C         | env.A / env.B / env.C
                    fromJSON(env.X)['a'].b["c d"]   | fromJSON(env.X).a.b["c d"]
                    fromJSON(env.X).a.0             | fromJSON(env.X).a["0"]
                    matrix['os']                    | matrix.os
                    matrix["o s"]                   | matrix["o s"]
                    env.X .y                        | env.X["y"]
                    true .y                         | true["y"]
                    'it''s "so"'                    | "it's \\"so\\""
                    """)
    void whatIsPrintedReadsTheSameAgain(String written, String printed) throws Exception {
        var expression = ExpressionParser.parse(written);

        assertThat(expression.print()).isEqualTo(printed);
        Printing.assertReadsAsPrinted(expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "----------env.X",
                "-(-(-(-(-env.X))))",
                "!(!(!(!(!tag))))",
                "((((((((((tag))))))))))",
                "fromJSON(fromJSON(fromJSON(fromJSON(fromJSON(fromJSON(fromJSON('a').b).c).d).e).f).g).h",
                "env.X[env.X[env.X[env.X[env.X[env.X[env.X[env.X[env.X[env.X['a b']]]]]]]]]]",
                "-(-(-(-(-(0 - parameters.n)))))"
            })
    void whatIsAsDeepAsAllowedIsPrintedNoDeeper(String written) throws Exception {
        Printing.assertReadsAsPrinted(ExpressionParser.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----------env.X",
                "!!!!!!!!!!!tag",
                "(((((((((((tag)))))))))))",
                "fromJSON(tag).a.b.c.d.e.f.g.h.i.j.k",
                "fromJSON(tag)[0][0][0][0][0][0][0][0][0][0][0]"
            })
    void whatIsDeeperThanAllowedIsTold(String written) {
        assertThatThrownBy(() -> ExpressionParser.parse(written))
                .hasMessage("nested deeper than 10; nest less");
    }

    @Test
    void manySignsAndPartsStayWithinTheBoundsWhenPrinted() throws Exception {
        Printing.assertReadsAsPrinted(ExpressionParser.parse("-env.X" + " - -env.X".repeat(166)));

        assertThatThrownBy(() -> ExpressionParser.parse("env.X" + "+env.X".repeat(250)))
                .hasMessage("the expression has more than 500 parts; shorten it");
        assertThatThrownBy(() -> ExpressionParser.parse("tag == '" + "\"".repeat(4_000) + "'"))
                .hasMessage(
                        "the expression, with spaces and double quotes, is longer than 4096"
                                + " characters; shorten it");
        assertThatThrownBy(() ->
                        ExpressionParser.parse(
                                "fromJSON(tag).a.0.0.0.0.0.0.0.0.0 == 1 || ".repeat(16) + "tag"))
                .hasMessage(
                        "the expression, with spaces and double quotes, has more than 500 parts;"
                                + " shorten it");
    }

    @Test
    void whatIsOpenIsReadAgainWithItsValues() throws Exception {
        // A value below zero has a sign more, a list is a call, a text may be long.
        var deep = "((((((((((env.LATE - parameters.n + matrix.os))))))))))";
        var expression =
                ExpressionParser.parse(
                        deep
                                + " == fromJSON('[[1e60, \"x\"]]')[0][env.LATE]"
                                + " && parameters.n < env.LATE".repeat(100));

        var reduced = new Reducer(facts("-3.50", "\\\"".repeat(20_000))).reduce(expression);

        assertThat(reduced.print()).contains("env.LATE - -3.50 + \"").contains("-3.50 < env.LATE");
        Printing.assertReducedReadsAsPrinted(reduced);
        assertThat(reduced.print().length()).isGreaterThan(80_000).isLessThan(131_072);
    }

    @Test
    @Tag("slow")
    void whateverIsReadIsPrintedAsTheSame() {
        // A fixed seed: the same texts each time.
        var random = new Random(20_19);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(1, 14); n > 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)])
                        .append(random.nextInt(3) == 0 ? " " : "");
            }
            read += isRead(text.toString()) ? 1 : 0;
        }
        assertThat(read).isGreaterThan(5_000);
    }

    private static boolean isRead(String text) {
        try {
            var expression = ExpressionParser.parse(text);
            Printing.assertReadsAsPrinted(expression);
            Printing.assertReducedReadsAsPrinted(new Reducer(facts("-4", "x")).reduce(expression));
            return true;
        } catch (ExpressionException e) {
            assertThat(e.flaw().fix()).isNotBlank();
            return false;
        }
    }
}
