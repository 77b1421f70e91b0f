package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names have values where, and of which type (VAR-012 to VAR-031). */
class ScopesTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static List<String> errors(String top, String job) {
        return Pipelines.errors("name: x\n%s\njobs: {build: {%s, %s}}".formatted(top, job, STEPS));
    }

    @Test
    void aJobSeesNothingOfTheVariablesOfAnother() {
        var text =
                """
                name: scopes
                global_env: {ALL: of the pipeline}
                jobs:
                  one:
                    environment: {MINE: one, HERS: "%1$s"}
                    steps:
                      - {name: first, run: make, environment: {STEP: first}}
                      - {name: second, run: make, environment: {OTHER: "%2$s"}}
                  two: {needs: one, environment: {MINE: two, YOURS: here}, %3$s}
                """;

        var plan = Pipelines.plan(text.formatted("${ALL}", "none", STEPS));

        assertThat(plan.job("one").orElseThrow().environment())
                .isEqualTo(
                        Map.of("ALL", "of the pipeline", "MINE", "one", "HERS", "of the pipeline"));
        assertThat(plan.job("two").orElseThrow().environment())
                .isEqualTo(Map.of("ALL", "of the pipeline", "MINE", "two", "YOURS", "here"));
        assertThat(plan.job("one").orElseThrow().steps())
                .extracting(Plan.Step::environment)
                .containsExactly(Map.of("STEP", "first"), Map.of("OTHER", "none"));
        assertThat(
                        Pipelines.planErrors(
                                text.formatted("${YOURS}", "none", STEPS), Events.push("main")))
                .as("another job's variable")
                .singleElement()
                .asString()
                .contains("variable 'YOURS' has no value");
        assertThat(
                        Pipelines.planErrors(
                                text.formatted("none", "${STEP}", STEPS), Events.push("main")))
                .as("another step's variable")
                .singleElement()
                .asString()
                .contains("variable 'STEP' has no value");
    }

    @Test
    void aPlanNamesTheSecretsOfAJobAndHoldsNoValueOfThem() {
        var job =
                Pipelines.plan(
                                """
                                name: secrets
                                jobs:
                                  build:
                                    secrets: [DEPLOY_KEY, npm_token]
                                    steps: [{name: make, run: 'deploy "$DEPLOY_KEY"'}]
                                """)
                        .jobs()
                        .getFirst();

        assertThat(job.secrets()).containsExactly("DEPLOY_KEY", "npm_token");
        assertThat(job.environment()).isEmpty();
        assertThat(job.steps().getFirst().commands()).containsExactly("deploy \"$DEPLOY_KEY\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A-B    | 'A-B' is no name for a secret; use up to 100 letters, digits and '_', and no digit at the beginning",
                "1A     | '1A' is no name for a secret; use up to 100 letters, digits and '_', and no digit at the beginning",
                "PATH   | 'PATH' is no name for a secret; the variable has a meaning of its own: choose another name",
                "CI     | 'CI' is no name for a secret; the variable has a meaning of its own: choose another name",
                "A, A   | the secret 'A' is listed twice; remove one of the two",
            })
    void aSecretIsNamedLikeAVariable(String names, String error) {
        assertThat(errors("", "secrets: [%s]".formatted(names)))
                .singleElement()
                .asString()
                .endsWith(error);
        assertThat(errors("", "secrets: [%s]".formatted("a".repeat(100)))).isEmpty();
        assertThat(errors("", "secrets: [%s]".formatted("a".repeat(101)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "_", "_a", "a1", "lower_case", "A_1_b"})
    void aVariableBeginsWithALetterOrAnUnderscore(String name) {
        var text =
                "name: x\nglobal_env: {%1$s: v, R: \"<$%1$s> <${%1$s}>\"}\njobs: {build: {%2$s}}"
                        .formatted(name, STEPS);

        assertThat(Pipelines.plan(text).jobs().getFirst().environment())
                .containsEntry("R", "<v> <v>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a-b", "a.b", "a b", "ä", "-"})
    void whatIsNoNameIsNoVariable(String name) {
        assertThat(errors("global_env: {'%s': v}".formatted(name), "pool: a"))
                .containsExactly(
                        "ci.yml:2:14: '%s' is no name for a variable; use letters, digits and '_', and"
                                        .formatted(name)
                                + " no digit at the beginning");
        assertThat(
                        Pipelines.plan(
                                        "name: x\nglobal_env: {R: \"a $%s b\"}\njobs: {build: {%s}}"
                                                .formatted(name, STEPS))
                                .jobs()
                                .getFirst()
                                .environment())
                .as("a dollar before it is a dollar")
                .containsEntry("R", "a $%s b".formatted(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JOB_ID",
                "BUILD_NUMBER",
                "GIT_COMMIT_SHA",
                "BRANCH_NAME",
                "WORKSPACE",
                "HEADRACE_X",
                "CI"
            })
    void whatTheServerSetsCanNotBeReplaced(String name) {
        assertThat(errors("global_env: {%s: mine}".formatted(name), "pool: a"))
                .containsExactly(
                        "ci.yml:2:14: '%s' is set by the server for each run; choose another name"
                                .formatted(name));
        assertThat(errors("", "environment: {%s: mine}".formatted(name))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "CI,               true",
        "HEADRACE,         true",
        "HEADRACE_PROJECT, shop",
        "HEADRACE_EVENT,   push",
        "HEADRACE_BRANCH,  dev",
        "BRANCH_NAME,      dev",
        "HEADRACE_REF,     refs/heads/dev",
        "GIT_COMMIT_SHA,   0123456789abcdef0123456789abcdef01234567",
        "HEADRACE_COMMIT,  0123456789abcdef0123456789abcdef01234567",
    })
    void whatIsKnownOfTheRunStandsInTexts(String name, String value) {
        var text =
                "name: x\nglobal_env: {A: \"${%s}\"}\njobs: {build: {%s}}".formatted(name, STEPS);

        assertThat(Pipelines.plan(text, Events.push("dev")).jobs().getFirst().environment())
                .containsEntry("A", value);
    }

    @Test
    void theTagStandsInTextsAndTheBranchIsEmptyThen() {
        var text =
                "name: x\nglobal_env: {A: \"<${HEADRACE_TAG}><${HEADRACE_BRANCH}>\"}\njobs: {build: {%s}}"
                        .formatted(STEPS);

        assertThat(Pipelines.plan(text, Events.tag("v1")).jobs().getFirst().environment())
                .containsEntry("A", "<v1><>");
    }

    @Test
    void variablesReferToEachOtherTenDeep() {
        assertThat(Pipelines.plan(chain(10)).jobs().getFirst().environment())
                .containsEntry("V0", "end")
                .containsEntry("V9", "end");
        assertThat(Pipelines.planErrors(chain(11), Events.push("main")))
                .containsExactly(
                        "ci.yml:13:8: variables refer to each other more than 10 times in a row;"
                                + " write the value of one of them out");
    }

    private static String chain(int length) {
        var text = new StringBuilder("name: chain\nglobal_env:\n");
        IntStream.range(0, length - 1)
                .forEach(i -> text.append("  V%d: ${V%d}\n".formatted(i, i + 1)));
        return text.append("  V%d: end\njobs: {build: {%s}}\n".formatted(length - 1, STEPS))
                .toString();
    }

    @Test
    void aVariableThatNamesItselfMeansTheOneBelow() {
        var job =
                Pipelines.plan(
                                """
                                name: self
                                global_env: {P: a}
                                jobs:
                                  build:
                                    environment: {P: "${P}:b"}
                                    steps: [{name: make, run: make, environment: {P: "${P}:c"}}]
                                """)
                        .jobs()
                        .getFirst();

        assertThat(job.environment()).containsEntry("P", "a:b");
        assertThat(job.steps().getFirst().environment()).containsEntry("P", "a:b:c");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "timeout: soon   | pool: a           | 'timeout' must be a whole number, but 'soon' is not",
                "timeout: 1.5    | pool: a           | 'timeout' must be a whole number, but '1.5' is not",
                "x-a: b          | timeout: '${T}'   | 'timeout' must be a whole number, but '${T}' is not",
                "x-a: b          | if: branch        | a condition must be true or false, but 'branch' is text",
                "x-a: b          | if: 1 + 1         | a condition must be true or false, but '1 + 1' is a number",
                "x-a: b          | matrix: [a]       | 'matrix' must be a map, but it is a list",
                "x-a: b          | name: [a]         | 'name' must be text, but it is a list",
                "x-a: b          | retry_on_timeout: 1 | 'retry_on_timeout' must be true or false, but it is '1'",
                "fail_fast: on   | pool: a           | 'fail_fast' must be true or false, but it is 'on'",
                "stages: {a: b}  | pool: a           | 'stages' must be text or a list of texts, but it is a map",
                "x-a: b          | environment: {A: [b]} | variable 'A' must be text, but it is a list",
            })
    void eachKeyWantsAValueOfItsType(String top, String job, String error) {
        assertThat(errors(top, job)).singleElement().asString().contains(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec('id')", "readFile('/etc/passwd')", "env('X')", "http('http://x')",
                        "eval('1')",
                "now()", "random()", "System.exit(1)", "branch.getClass()",
                        "T('java.lang.Runtime')",
            })
    void thereIsNoFunctionThatReachesOutsideOfTheExpression(String call) {
        assertThat(errors("", "if: \"%s == 'x'\"".formatted(call)))
                .isNotEmpty()
                .first()
                .asString()
                .contains(
                        "there is no function '%s'"
                                .formatted(call.substring(0, call.indexOf('('))));
    }
}
