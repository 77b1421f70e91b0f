package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a parameter may be, and which values it takes (VAR-011, VAR-024, VAR-032). */
class ParameterRulesTest {

    private static String text(String parameter) {
        return """
        name: x
        parameters: {p: %s}
        jobs: {build: {environment: {R: "<${{ parameters.p }}>"}, steps: [{name: a, run: b}]}}
        """
                .formatted(parameter);
    }

    private static List<String> given(String parameter, String value) {
        return Pipelines.planErrors(text(parameter), Events.manual("main", Map.of("p", value)));
    }

    private static String result(String parameter, Map<String, String> given) {
        return Pipelines.plan(text(parameter), Events.manual("main", given))
                .jobs()
                .getFirst()
                .environment()
                .getOrDefault("R", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "staging               | <staging>",
                "1.20                  | <1.20>",
                "{default: '1.20'}     | <1.20>",
                "{type: number, default: 1.50} | <1.50>",
                "{type: boolean, default: false} | <false>",
                "                      | <>",
                "{}                    | <>",
                "{description: what}   | <>",
            })
    void aParameterThatIsNotGivenHasItsDefault(String parameter, String result) {
        assertThat(result(parameter == null ? "" : parameter, Map.of())).isEqualTo(result);
    }

    @Test
    void whatIsGivenWinsOverTheDefault() {
        assertThat(result("{default: a}", Map.of("p", "b"))).isEqualTo("<b>");
        assertThat(result("{required: true}", Map.of("p", ""))).isEqualTo("<>");
    }

    @Test
    void aRequiredParameterMustBeGivenUnlessItHasADefault() {
        assertThat(Pipelines.planErrors(text("{required: true}"), Events.push("main")))
                .containsExactly(
                        "ci.yml:2:14: parameter 'p' is required and not given; start the run with a"
                                + " value, or declare a default");
        assertThat(result("{required: true, default: a}", Map.of())).isEqualTo("<a>");
        assertThat(result("{required: false}", Map.of())).isEqualTo("<>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "007",
                "1.5",
                "-0.5",
                "123456789012345678",
                "1.123456789012345678"
            })
    void aNumberIsGivenInDigits(String value) {
        assertThat(given("{type: number}", value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1,5",
                "1.",
                ".5",
                "1e3",
                "+1",
                "--1",
                " 1",
                "1234567890123456789",
                "1.1234567890123456789",
                "0x1F",
                "1.2.3"
            })
    void whatIsNoNumberIsRefused(String value) {
        assertThat(given("{type: number}", value))
                .singleElement()
                .asString()
                .contains("' is no number; start the run with another value");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, true", "True, false", "1, false", "yes, false"})
    void aTruthIsTrueOrFalse(String value, boolean right) {
        assertThat(given("{type: boolean}", value).isEmpty()).isEqualTo(right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"choices", "options"})
    void aChoiceIsOneOfThoseListed(String key) {
        var parameter = "{%s: [small, 1.20]}".formatted(key);

        assertThat(given(parameter, "small")).isEmpty();
        assertThat(given(parameter, "1.20")).isEmpty();
        assertThat(given(parameter, "1.2"))
                .containsExactly(
                        "ci.yml:2:14: parameter 'p': '1.2' is none of small, 1.20; start the run with"
                                + " another value");
    }

    @Test
    void aPatternMustMatchTheWholeValue() {
        assertThat(given("{pattern: '[0-9]+'}", "12")).isEmpty();
        assertThat(given("{pattern: '[0-9]+'}", "12a"))
                .containsExactly(
                        "ci.yml:2:14: parameter 'p': '12a' does not match the pattern [0-9]+; start"
                                + " the run with another value");
        assertThat(given("{pattern: '[0-9]+'}", "a12")).hasSize(1);
    }

    @Test
    void aValueHasAtMostAThousandCharacters() {
        assertThat(given("{}", "x".repeat(1000))).isEmpty();
        assertThat(given("{}", "x".repeat(1001)))
                .containsExactly(
                        "ci.yml:2:14: parameter 'p': is longer than 1000 characters; start the run"
                                + " with another value");
        assertThat(given("{}", "a\0b"))
                .containsExactly(
                        "ci.yml:2:14: parameter 'p': has a NUL character in it; start the run with"
                                + " another value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: number, default: many}     | the default 'many' is no number; mend it",
                "{type: boolean, default: 1}       | the default '1' is neither true nor false; mend it",
                "{choices: [a], default: b}        | the default 'b' is none of a; mend it",
                "{pattern: a+, default: b}         | the default 'b' does not match the pattern a+; mend it",
                "{pattern: '['}                    | mend it, for instance [0-9]+(\\.[0-9]+)?",
                "{type: integer}                   | 'type' can't be 'integer'; the values allowed are 'boolean', 'number', 'string'",
                "{required: maybe}                 | 'required' must be true or false, but it is 'maybe'; write true or false",
                "[a]                               | 'p' must be a map, but it is a list; write lines like 'key: value' below it, indented",
            })
    void whatIsWrongWithAParameterIsToldWhenTheFileIsRead(String parameter, String error) {
        assertThat(Pipelines.errors(text(parameter))).singleElement().asString().endsWith(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a-b", "a.b", "a b"})
    void aParameterIsNamedLikeAVariable(String name) {
        assertThat(
                        Pipelines.errors(
                                "name: x\nparameters: {'%s': v}\njobs: {build: {steps: [{name: a, run: b}]}}"
                                        .formatted(name)))
                .containsExactly(
                        "ci.yml:2:14: '%s' is no name for a parameter; use letters, digits and '_', and"
                                        .formatted(name)
                                + " no digit at the beginning");
    }

    @Test
    void aNameHasAtMostFiftyCharacters() {
        var text = "name: x\nparameters: {%s: v}\njobs: {build: {steps: [{name: a, run: b}]}}";

        assertThat(Pipelines.errors(text.formatted("p".repeat(50)))).isEmpty();
        assertThat(Pipelines.errors(text.formatted("p".repeat(51)))).hasSize(1);
    }

    @Test
    void aParameterIsInTheEnvironmentUnderBothNames() {
        var text =
                """
                name: x
                parameters: {level: high, PATH: x}
                jobs: {build: {steps: [{name: a, run: b}]}}
                """;

        assertThat(Pipelines.plan(text).jobs().getFirst().environment())
                .containsEntry("level", "high")
                .containsEntry("HEADRACE_PARAM_LEVEL", "high")
                .containsEntry("HEADRACE_PARAM_PATH", "x")
                .doesNotContainKey("PATH");
    }

    @Test
    void aValueForNothingThatTheFileKnowsIsRefused() {
        assertThat(
                        Pipelines.planErrors(
                                text("{}"), Events.manual("main", Map.of("q", "1", "R", "2"))))
                .containsExactly(
                        "ci.yml:1:1: the pipeline has no parameter 'q'; did you mean 'p'?");
    }
}
