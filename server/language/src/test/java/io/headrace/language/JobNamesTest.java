package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How jobs may be called (LANG-022, LANG-023). */
class JobNamesTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    @Test
    void theNameOfAJobIsItsKey() {
        assertThat(Pipelines.plan(text("name: build")).jobs().getFirst().name()).isEqualTo("build");
        assertThat(Pipelines.errors(text("name: other")))
                .containsExactly(
                        "ci.yml:3:17: the job is called 'other', but its key is 'build'; remove"
                                + " 'name', or make both the same");
    }

    @Test
    void allJobsThatAreGivenTwiceAreListed() {
        var text =
                """
                name: twice
                jobs:
                  one: {%1$s}
                  two: {%1$s}
                  one: {%1$s}
                  two: {%1$s}
                """
                        .formatted(STEPS);

        assertThat(Pipelines.errors(text))
                .containsExactly(
                        "ci.yml:5:3: 'one' is given twice; it is already on line 3; keep one of the"
                                + " two",
                        "ci.yml:6:3: 'two' is given twice; it is already on line 4; keep one of the"
                                + " two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a-b_C9", "Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx"})
    void aJobIsCalledByLettersDigitsDashesAndUnderscores(String name) {
        assertThat(problems(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1ab",
                "-ab",
                "_ab",
                "a.b",
                "a b",
                "äbc",
                "Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxy"
            })
    void aJobIsNotCalledOtherwise(String name) {
        assertThat(problems(name))
                .singleElement()
                .asString()
                .isEqualTo(
                        "ci.yml:2:8: '%s' is no name for a job; use up to 50 letters, digits, '_' and"
                                        .formatted(name)
                                + " '-', and a letter at the beginning");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "none",
                "self",
                "true",
                "false",
                "null",
                "pipeline",
                "job",
                "jobs",
                "matrix",
                "env",
                "secrets",
                "parameters",
                "inputs"
            })
    void aWordWithAMeaningIsNoNameOfAJob(String name) {
        assertThat(problems(name))
                .containsExactly(
                        "ci.yml:2:8: a job can't be called '%s'; the word has a meaning of its own:"
                                        .formatted(name)
                                + " choose another name");
    }

    @Test
    void aNameOfTwoLettersIsAWarning() {
        assertThat(problems("ab"))
                .containsExactly(
                        "ci.yml:2:8: the job's name 'ab' is very short; choose one that says what it"
                                .replace("it", "the job does"));
        assertThat(Pipelines.errors("name: x\njobs: {a: {%s}}".formatted(STEPS))).isEmpty();
    }

    private static List<String> problems(String name) {
        return new PipelineParser()
                        .parse("ci.yml", "name: x\njobs: {%s: {%s}}".formatted(name, STEPS))
                        .problems()
                        .stream()
                        .map(PipelineProblem::toString)
                        .toList();
    }

    private static String text(String job) {
        return "name: x\njobs:\n  build: {%s, %s}\n".formatted(job, STEPS);
    }
}
