package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calculations, lists, objects and functions (requirements VAR-018 to VAR-023). */
class FunctionsTest {

    private static final String TEXT =
            """
            name: functions
            parameters:
              n: {type: number, default: 4}
              on: {type: boolean, default: true}
              json: {default: '{"os": ["linux", "mac"], "deep": {"a.b": 1.50, "none": null}}'}
            global_env: {WORKERS: 3, LIST: "a,b,c", WORD: shop}
            jobs:
              build:
                environment:
                  RESULT: |-
                    ${{ %s }}
                steps: [{name: make, run: make}]
            """;

    private static final List<String> OUTSIDE =
            List.of("branch", "tag", "ref", "commit", "event", "env.X", "parameters.p");

    private static String result(String expression) {
        return Pipelines.plan(TEXT.formatted(expression), Events.push("feature/x"))
                .jobs()
                .getFirst()
                .environment()
                .getOrDefault("RESULT", "");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    # VAR-019: arithmetic, as taught at school
                    env.WORKERS * 2                            | 6
                    1 + 2 * 3                                  | 7
                    (1 + 2) * 3                                | 9
                    10 - 4 - 3                                 | 3
                    10 - (4 - 3)                               | 9
                    12 / 4 / 3                                 | 1
                    1 / 3                                      | 0.3333333333333333
                    100 / 10                                   | 10
                    0.1 + 0.2                                  | 0.3
                    -parameters.n + 1                          | -3
                    3 - -2                                     | 5
                    parameters.n * 2 > 7 && 1 + 1 == 2         | true
                    # VAR-019: text
                    env.WORD + "-" + branch                    | shop-feature/x
                    "v" + 1 + 2                                | v12
                    # VAR-019: lists and objects
                    split(env.LIST, ",")[1]                    | b
                    fromJSON(parameters.json).os[0]            | linux
                    fromJSON(parameters.json)["os"][1]         | mac
                    fromJSON(parameters.json).deep["a.b"]      | 1.50
                    fromJSON(parameters.json).deep.none        | ``
                    parameters["n"]                            | 4
                    # VAR-020
                    join(split(env.LIST, ","), " + ")          | a + b + c
                    join(fromJSON("[1, true, null]"))          | 1,true,
                    format("{0}-{1}-{0} {{x}}", env.WORD, 2)   | shop-2-shop {x}
                    toJSON(fromJSON(' [1 , {"a" : "\\u0041"} ] ')) | [1,{"a":"A"}]
                    toJSON(split("a/b", "/"))                  | ["a","b"]
                    toJSON(branch)                             | "feature/x"
                    --parameters.n                             | 4
                    -env.WORKERS * -2                          | 6
                    fromJSON("[1e3, -0.50]")                   | [1000,-0.50]
                    contains(fromJSON("[[1], 2]"), "[1]")      | true
                    contains(split(env.LIST, ","), "b")        | true
                    contains(split(env.LIST, ","), "a,b")      | false
                    contains(fromJSON(parameters.json), "os")  | true
                    """)
    void anExpressionIsEvaluated(String expression, String value) {
        assertThat(result(expression)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    # VAR-023: types are checked before anything runs
                    parameters.on + 1       | '+' adds numbers or joins texts, but 'parameters.on' is true or false; use it in a condition
                    split("a", ",") + "x"   | '+' adds numbers or joins texts, but 'split("a", ",")' is a list; make a text of it with join()
                    branch * 2              | '*' calculates with numbers, but 'branch' is text; use a value that is a number
                    join("a", ",")          | join() joins the values of a list, but '"a"' is text; make a list with split() or fromJSON()
                    env.LIST[0]             | only lists and objects have parts, but 'env.LIST' is text; make one of it with fromJSON() or split()
                    split(1, ",")           | split() looks at text, but '1' is a number; put it in quotes
                    fromJSON(3)             | fromJSON() reads text, but '3' is a number; put it in quotes
                    fromJSON(env.X).a.b == split("a", ",") && nobody | 'nobody' is not known here
                    parameters.n-1          | 'parameters.n-1' is not known here; write spaces around '-' to subtract
                    split("a")              | split takes 2 arguments, not 1; write split(text, separator)
                    format("a")             | format takes 2 to 50 arguments, not 1; write format(text, value, ...)
                    splitt("a", "b")        | there is no function 'splitt'; did you mean 'split'?
                    1 +                     | the expression ends too early; write a name or a value after it
                    split("a", ",")[0       | the bracket that opens here is never closed
                    fromJSON("1").          | no name follows the dot; write one, or [0] for a value of a list
                    env["no name"]          | 'env' is not known here; write a name after it, such as env.NAME
                    -"2"                    | '-' calculates with numbers, but '"2"' is text; write a number without quotes
                    split(parameters.n, "") | split() looks at text, but 'parameters.n' is a number; use a value that is text
                    parameters.n % 2        | there is no '%'; calculate the remainder in a command
                    join(["a", "b"])        | '[' is not expected here; make a list with split("a,b", ",") or fromJSON('["a", "b"]')
                    """)
    void aWrongExpressionIsToldWhenTheFileIsRead(String expression, String message) {
        assertThat(Pipelines.errors(TEXT.formatted(expression)))
                .singleElement()
                .asString()
                .contains(message);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    1 / (parameters.n - 4)           | '1 / (parameters.n - 4)' divides by zero; divide by another number
                    env.WORD * 2                     | 'env.WORD' is "shop", which is no number; calculate with numbers of at most 18 digits
                    fromJSON(env.WORD)               | 'env.WORD' is no JSON: 's' at character 1 is not expected; give fromJSON() text such as ["a", "b"]
                    fromJSON("[1,")                  | '"[1,"' is no JSON: it ends too early
                    fromJSON(parameters.json).so     | 'fromJSON(parameters.json)' has no 'so'; did you mean 'os'?
                    split(env.LIST, ",")[3]          | 'split(env.LIST, ",")' has 3 values, and no value 3; write a number from 0 to 2
                    split(env.LIST, ",")["x"]        | 'split(env.LIST, ",")' is a list, and "x" is no number of one of its values
                    fromJSON(parameters.json).deep.none.x | 'fromJSON(parameters.json).deep.none' is text, which has no parts
                    split(env.LIST, "")              | split() needs a text to split at; write split(text, ",")
                    format("{1}", "a")               | format() has no value for '{1}'; give it 2 values after the text
                    """)
    void whatOnlyTheValuesShowIsToldWhenTheRunIsPlanned(String expression, String message) {
        assertThat(Pipelines.planErrors(TEXT.formatted(expression), Events.push("main")))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void numbersAndTextsStayBounded() {
        // VAR-022: no expression takes long, whatever it is given.
        var product = "999999999999999999 * ".repeat(20) + "9";
        var nested = "[".repeat(20) + "]".repeat(20);
        var large = "x".repeat(100_000);

        assertThat(Pipelines.planErrors(TEXT.formatted(product), Events.push("main")))
                .singleElement()
                .asString()
                .contains("the number has more than 36 digits; calculate with smaller ones");
        assertThat(
                        Pipelines.planErrors(
                                TEXT.formatted("fromJSON(\"%s\")".formatted(nested)),
                                Events.push("main")))
                .singleElement()
                .asString()
                .contains("it is nested deeper than 10");
        assertThat(
                        Pipelines.planErrors(
                                TEXT.formatted("env.WORD + env.WORD")
                                        .replace("WORD: shop", "WORD: " + large),
                                Events.push("main")))
                .singleElement()
                .asString()
                .contains("the text is longer than 131,072 characters; make it shorter");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    join(split("a,b,c,d,e,f", ","), env.LARGE) | the text is longer than 131,072 characters; make it shorter
                    split(env.LARGE, "x")                  | the list has more than 10,000 values; split a shorter text
                    format("{0}{0}{0}{0}{0}{0}", env.LARGE) | the text is longer than 131,072 characters; make it shorter
                    toJSON(format("{0}{0}", env.QUOTES))   | the text is longer than 131,072 characters; make it shorter
                    fromJSON(env.LARGE)                    | 'env.LARGE' is no JSON: 'x' at character 1 is not expected
                    fromJSON('"\\u0000"')                | it has \\u0000 or half a character in it
                    fromJSON('"\\ud800"')                | it has \\u0000 or half a character in it
                    """)
    void whatFunctionsMakeIsBounded(String expression, String message) {
        var text =
                TEXT.formatted(expression)
                        .replace(
                                "WORD: shop",
                                "WORD: shop, LARGE: %s, QUOTES: '%s'"
                                        .formatted("x".repeat(30_000), "\"".repeat(40_000)));

        assertThat(Pipelines.planErrors(text, Events.push("main")))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void whatAllFunctionsOfAPlanMakeIsBoundedToo() {
        // Each of them makes 100,000 characters of which nothing is kept.
        var one = "contains(env.LARGE + \"y\", \"z\")";
        var text =
                TEXT.formatted(String.join(" || ", Collections.nCopies(50, one)))
                        .replace("WORD: shop", "WORD: shop, LARGE: " + "x".repeat(100_000));
        var variables = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            variables.append(
                    "      V%d: ${{ %s }}\n"
                            .formatted(i, String.join(" || ", Collections.nCopies(50, one))));
        }

        assertThat(
                        Pipelines.planErrors(
                                text.replace("      RESULT:", variables + "      RESULT:"),
                                Events.push("main")))
                .anySatisfy(error -> assertThat(error).contains("33,554,432 characters"));
    }

    @Test
    void aConditionWhoseValuesAreTooLongToKeepIsNotDecided() {
        var condition =
                "failure() && (contains(%1$s, env.A) || contains(%1$s, env.B))"
                        .formatted("format('%s', parameters.long)".formatted("{0}".repeat(100)));
        var plan =
                Pipelines.plan(
                        """
                        name: open
                        parameters: {long: {default: "%s"}}
                        jobs: {build: {if: "%s", steps: [{name: make, run: make}]}}
                        """
                                .formatted("x".repeat(1_000), condition));
        var decided = plan.jobs().getFirst().condition();

        assertThat(decided.verdict()).isEqualTo(Plan.Condition.Verdict.SKIPPED);
        assertThat(decided.explanation())
                .endsWith(
                        "can't be decided: the expression, with the values in it, is longer than"
                                + " 131072 characters");
    }

    @Test
    void aLongListIsSearchedInNoTime() {
        var list = "[" + "1,".repeat(30_000) + "1]";
        var sought = "[" + "2,".repeat(30_000) + "2]";
        var text =
                TEXT.formatted("contains(fromJSON(env.LIST), fromJSON(env.WORD))")
                        .replace(
                                "LIST: \"a,b,c\", WORD: shop",
                                "LIST: \"%s\", WORD: \"%s\"".formatted(list, sought));

        Fuzzed.quickly(() ->
                assertThat(Pipelines.plan(text).jobs().getFirst().environment())
                        .containsEntry("RESULT", "false"));
    }

    @Test
    void aConditionThatIsOpenKeepsItsCalculations() {
        // VAR-027: what is known is put in, the rest is decided later.
        var plan =
                Pipelines.plan(
                        """
                        name: open
                        jobs:
                          build:
                            matrix: {n: [2]}
                            if: failure() && matrix.n * (env.LATE - 1) - 1 > 2 && fromJSON(env.LIST)[1].x == 'y'
                            steps: [{name: make, run: make}]
                        """);
        var condition = plan.jobs().getFirst().condition();

        var decided =
                Conditions.ofJob(
                        condition,
                        new Conditions.Facts(
                                true,
                                false,
                                Events.push("main"),
                                Map.of("LATE", "3", "LIST", "[0, {\"x\": \"y\"}]"),
                                JobResults.NONE));

        assertThat(condition.open())
                .isEqualTo(
                        "failure() && \"2\" * (env.LATE - 1) - 1 > 2 &&"
                                + " fromJSON(env.LIST)[1].x == \"y\"");
        assertThat(decided.verdict()).isEqualTo(Plan.Condition.Verdict.RUNS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s + 'x'",
                "split(%s, '/')[0]",
                "join(split(%s, '/'))",
                "join(fromJSON('[1]'), %s)",
                "format('{0}', %s)",
                "format(%s, 'a')",
                "fromJSON(%s)",
                "fromJSON(%s).x",
                "fromJSON('[1]')[%s]",
                "toJSON(%s)",
                "toJSON(split('a', %s))"
            })
    void noFunctionMakesAValueFromOutsideTrusted(String expression) {
        // VAR-017: it would become a part of the command.
        for (var name : OUTSIDE) {
            var text =
                    """
                    name: outside
                    parameters: {p: x}
                    jobs: {build: {steps: [{name: make, run: "make ${{ %s }}"}]}}
                    """
                            .formatted(expression.formatted(name));

            assertThat(Pipelines.errors(text))
                    .singleElement()
                    .asString()
                    .contains("'%s' would put a value from outside into a command".formatted(name));
        }
    }

    @Test
    void aNumberFromOutsideMayStandInACommandAndAnythingElseNot() {
        // VAR-017: a number can't become code.
        var text =
                """
                name: numbers
                parameters: {n: {type: number, default: 4}, s: "1"}
                jobs: {build: {steps: [{name: make, run: "make -j${{ parameters.n * 2 }}"}]}}
                """;

        assertThat(Pipelines.plan(text).jobs().getFirst().steps().getFirst().commands())
                .containsExactly("make -j8");
        assertThat(Pipelines.errors(text.replace("parameters.n * 2", "parameters.s + 2")))
                .singleElement()
                .asString()
                .contains("'parameters.s' would put a value from outside into a command");
    }
}
