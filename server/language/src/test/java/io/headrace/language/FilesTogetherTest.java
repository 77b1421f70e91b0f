package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds and precedence of files that are read together (LANG-006, LANG-021, LANG-066). */
class FilesTogetherTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static List<String> errors(Map<String, String> files) {
        return Pipelines.errors(Pipelines.parse(files).problems());
    }

    private static Plan plan(Map<String, String> files) {
        var parsed = Pipelines.parse(files);
        var pipeline = parsed.pipeline();
        assertThat(pipeline).as("%s", parsed.problems()).isNotNull();
        var planned = new Planner().plan(pipeline, Events.push("main"));
        assertThat(planned.plan()).as("%s", planned.problems()).isNotNull();
        return planned.plan();
    }

    @Test
    void aPipelineConsistsOfAtMostFiftyFiles() {
        assertThat(errors(including(49))).isEmpty();
        assertThat(errors(including(50))).isEmpty();
        assertThat(errors(including(51)))
                .singleElement()
                .asString()
                .endsWith(
                        "the pipeline consists of more than 50 files; put several of them into one");
    }

    private static Map<String, String> including(int count) {
        var files = new HashMap<String, String>();
        IntStream.range(0, count).forEach(i -> files.put("f%d.yml".formatted(i), "x-a: 1"));
        files.put(
                "ci.yml",
                "name: x\ninclude: [%s]\njobs: {build: {%s}}"
                        .formatted(
                                IntStream.range(0, count)
                                        .mapToObj("f%d.yml"::formatted)
                                        .collect(Collectors.joining(", ")),
                                STEPS));
        return files;
    }

    @Test
    void anIncludedFileHasAtMostOneMebibyte() {
        var file = "x-a: 1 #";
        var files = new HashMap<String, String>();
        files.put("ci.yml", "name: x\ninclude: a.yml\njobs: {build: {%s}}".formatted(STEPS));
        files.put("a.yml", file + "x".repeat((1 << 20) - file.length()));

        assertThat(errors(files)).isEmpty();
        files.merge("a.yml", "x", String::concat);
        assertThat(errors(files))
                .containsExactly("ci.yml:2:10: 'a.yml' is larger than 1 MiB; split it");
        files.put("a.yml", file + "ä".repeat((1 << 19)));
        assertThat(errors(files)).as("bytes are counted, not characters").hasSize(1);
    }

    @Test
    void aFileOfVariablesHasAtMost64KiB() {
        var files = new HashMap<String, String>();
        files.put("ci.yml", "name: x\nenv_file: e\njobs: {build: {%s}}".formatted(STEPS));
        files.put("e", "A=" + "x".repeat((64 << 10) - 2));

        assertThat(errors(files)).isEmpty();
        files.merge("e", "x", String::concat);
        assertThat(errors(files))
                .containsExactly(
                        "ci.yml:2:11: 'e' is larger than 64 KiB; keep only variables in it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=b          | b",
                "A= b         | b",
                "A=           | ``",
                "A=\"b c\"    | b c",
                "A='b c'      | b c",
                "A=\"b'       | \"b'",
                "A=\"         | \"",
                "A=\"\"       | ``",
                "export A=b   | b",
                "   A=b   | b",
                "A=b=c        | b=c",
                "A=b # c      | b # c",
                "A=${X} $Y    | ${X} $Y",
            })
    void aLineOfAFileOfVariablesIsANameAndAValue(String line, String value) {
        var plan =
                plan(
                        Map.of(
                                "ci.yml",
                                "name: x\nenv_file: e\njobs: {build: {%s}}".formatted(STEPS),
                                "e",
                                "\n# a comment\n" + line + "\n\n"));

        assertThat(plan.jobs().getFirst().environment()).isEqualTo(Map.of("A", value));
    }

    @Test
    void aPathOfVariablesStaysInTheRepository() {
        assertThat(
                        errors(
                                Map.of(
                                        "ci.yml",
                                        "name: x\nenv_file: ../e\njobs: {build: {%s}}"
                                                .formatted(STEPS))))
                .containsExactly(
                        "ci.yml:2:11: '../e' can't be read: the path leaves the repository; check the"
                                + " path, from the root of the repository");
    }

    @Test
    void whatExtendsWinsOverItsBasesAndTheLaterBaseOverTheEarlier() {
        var plan =
                plan(
                        Map.of(
                                "ci.yml",
                                """
                                name: mine
                                extends: [one.yml, two.yml]
                                env: {A: mine}
                                jobs: {build: {pool: mine}}
                                """,
                                "one.yml",
                                """
                                name: one
                                timeout: 1
                                environment: {A: one, B: one, C: one}
                                jobs: {build: {pool: one, timeout: 11, retry_count: 1, %s}}
                                """
                                        .formatted(STEPS),
                                "two.yml",
                                """
                                name: two
                                timeout: 2
                                global_env: {A: two, B: two}
                                jobs: {build: {pool: two, TimeoutSeconds: 22, %s}, more: {%s}}
                                """
                                        .formatted(STEPS, STEPS)));

        assertThat(plan.name()).isEqualTo("mine");
        assertThat(plan.timeLimit()).hasSeconds(2);
        var build = plan.job("build").orElseThrow();
        assertThat(build.environment()).isEqualTo(Map.of("A", "mine", "B", "two", "C", "one"));
        assertThat(build.pool()).isEqualTo("mine");
        assertThat(build.timeLimit()).as("another spelling of the same key").hasSeconds(22);
        assertThat(build.retries()).isEqualTo(1);
        assertThat(plan.job("more")).isPresent();
    }

    @Test
    void aBaseMayExtendAnotherAndItsJobsMayNeedThoseOfTheFile() {
        var plan =
                plan(
                        Map.of(
                                "ci.yml",
                                "name: x\nextends: a.yml\njobs: {mine: {%s}}".formatted(STEPS),
                                "a.yml",
                                "extends: b.yml\njobs: {middle: {needs: [mine, base], %s}}"
                                        .formatted(STEPS),
                                "b.yml",
                                "timeout: 9\njobs: {base: {%s}}".formatted(STEPS)));

        assertThat(plan.timeLimit()).hasSeconds(9);
        assertThat(plan.levels()).containsExactly(List.of("base", "mine"), List.of("middle"));
    }

    @Test
    void whatTwoDocumentsDefineIsToldAtTheSecond() {
        assertThat(
                        Pipelines.errors(
                                "name: x\njobs: {build: {%1$s}}\n---\njobs: {build: {%1$s}}\n---\nname: y\n"
                                        .formatted(STEPS)))
                .containsExactly(
                        "ci.yml:4:8: 'build' is given twice; it is already on line 2; keep one of the"
                                + " two",
                        "ci.yml:6:1: 'name' is given twice; it is already on line 1; keep one of the"
                                + " two");
        assertThat(Pipelines.errors("name: x\njobs: {build: {%s}}\n---\n- a\n".formatted(STEPS)))
                .containsExactly(
                        "ci.yml:4:1: the file must be a map, but it is a list; begin with the lines"
                                + " 'name: …' and 'jobs:'");
    }

    @Test
    void anIncludedFileIsAMapToo() {
        assertThat(
                        errors(
                                Map.of(
                                        "ci.yml",
                                        "name: x\ninclude: [a.yml, b.yml]\njobs: {build: {%s}}"
                                                .formatted(STEPS),
                                        "a.yml",
                                        "- a",
                                        "b.yml",
                                        "# nothing")))
                .containsExactly(
                        "a.yml:1:1: the file must be a map, but it is a list; begin with the lines"
                                + " 'name: …' and 'jobs:'",
                        "b.yml:1:1: the file is empty; write a pipeline with 'name' and 'jobs'");
    }

    @Test
    void whatIsIncludedMayHaveANameThatDoesNotCount() {
        var plan =
                plan(
                        Map.of(
                                "ci.yml",
                                "name: mine\ninclude: a.yml\njobs: {build: {%s}}".formatted(STEPS),
                                "a.yml",
                                "name: theirs\nx-a: b\ninputs: {level: high}\nenv: {A: b}"));

        assertThat(plan.name()).isEqualTo("mine");
        assertThat(plan.jobs().getFirst().environment())
                .containsEntry("A", "b")
                .containsEntry("HEADRACE_PARAM_LEVEL", "high");
    }
}
