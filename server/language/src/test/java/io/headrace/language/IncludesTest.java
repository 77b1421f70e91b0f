package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncludesTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static Plan plan(Map<String, String> files) {
        var parsed = Pipelines.parse(files);
        var pipeline = parsed.pipeline();
        assertThat(pipeline).as("%s", parsed.problems()).isNotNull();
        var planned = new Planner().plan(pipeline, Events.push("main"));
        assertThat(planned.plan()).as("%s", planned.problems()).isNotNull();
        return planned.plan();
    }

    private static List<String> errors(Map<String, String> files) {
        return Pipelines.errors(Pipelines.parse(files).problems());
    }

    @Test
    void anIncludedFileAddsJobsParametersAndVariables() {
        var plan =
                plan(
                        Map.of(
                                "ci.yml",
                                """
                                name: shop
                                include: [ci/lint.yml, {repository: shared, path: scan.yml}]
                                jobs: {build: {needs: lint, %s}}
                                """
                                        .formatted(STEPS),
                                "ci/lint.yml",
                                "env: {LEVEL: high}\njobs: {lint: {%s}}".formatted(STEPS),
                                "shared:scan.yml",
                                "jobs: {scan: {needs: build, %s}}".formatted(STEPS)));

        assertThat(plan.levels())
                .containsExactly(List.of("lint"), List.of("build"), List.of("scan"));
        assertThat(plan.jobs().getFirst().environment()).containsEntry("LEVEL", "high");
    }

    @Test
    void aFileThatExtendsAnotherWinsKeyByKey() {
        var plan =
                plan(
                        Map.of(
                                "ci.yml",
                                """
                                extends: base.yml
                                timeout: 60
                                jobs:
                                  build: {timeout: 30}
                                  test: {needs: build, %s}
                                """
                                        .formatted(STEPS),
                                "base.yml",
                                """
                                name: base
                                timeout: 600
                                env: {A: base}
                                jobs: {build: {timeout: 300, pool: big, %s}}
                                """
                                        .formatted(STEPS)));

        assertThat(plan.name()).isEqualTo("base");
        assertThat(plan.timeLimit()).hasSeconds(60);
        var build = plan.job("build").orElseThrow();
        assertThat(build.timeLimit()).hasSeconds(30);
        assertThat(build.pool()).isEqualTo("big");
        assertThat(plan.jobs()).hasSize(2);
    }

    @Test
    void documentsOfAFileAreReadTogether() {
        var plan =
                Pipelines.plan(
                        """
                        name: documents
                        jobs: {build: {%1$s}}
                        ---
                        # nothing
                        ---
                        timeout: 60
                        jobs: {test: {needs: build, %1$s}}
                        """
                                .formatted(STEPS));

        assertThat(plan.timeLimit()).hasSeconds(60);
        assertThat(plan.levels()).containsExactly(List.of("build"), List.of("test"));
    }

    @Test
    void problemsOfOtherFilesNameTheirFile() {
        var result =
                Pipelines.parse(
                        Map.of(
                                "ci.yml",
                                "name: x\ninclude: [a.yml, b.yml]\njobs: {build: {%s}}"
                                        .formatted(STEPS),
                                "a.yml",
                                "jobs:\n  build: {%s}\n  other: {imag: x, %s}\ntimeout: 5"
                                        .formatted(STEPS, STEPS),
                                "b.yml",
                                "jobs:\n\tx: 1"));

        assertThat(Pipelines.errors(result.problems()))
                .containsExactly(
                        "a.yml:2:3: 'build' is given twice; it is already on line 3 of ci.yml; keep"
                                + " one of the two",
                        "a.yml:3:11: unknown key 'imag'; did you mean 'image'?",
                        "a.yml:4:1: an included file can't have the key 'timeout'; put it into the"
                                + " file that includes it, or use 'extends'",
                        "b.yml:2:1: a tab can't indent YAML; replace it by spaces");
        assertThat(result.problems())
                .filteredOn(problem -> problem.line() == 4)
                .singleElement()
                .extracting(PipelineProblem::source)
                .isEqualTo("timeout: 5");
    }

    @Test
    void filesThatIncludeEachOtherAreToldWithTheirPath() {
        assertThat(
                        errors(
                                Map.of(
                                        "ci.yml",
                                        "name: x\ninclude: a.yml\njobs: {build: {%s}}"
                                                .formatted(STEPS),
                                        "a.yml",
                                        "include: b.yml",
                                        "b.yml",
                                        "extends: a.yml")))
                .containsExactly(
                        "b.yml:1:10: files include each other: a.yml → b.yml → a.yml; remove one of"
                                + " these 'include' or 'extends'");
    }

    @Test
    void filesIncludeEachOtherFiveDeep() {
        var files = new HashMap<String, String>();
        files.put("ci.yml", "name: x\ninclude: f1.yml\njobs: {build: {%s}}".formatted(STEPS));
        IntStream.range(1, 5)
                .forEach(i -> files.put("f" + i + ".yml", "include: f%d.yml".formatted(i + 1)));
        files.put("f5.yml", "x-last: 1");

        assertThat(errors(files)).isEmpty();
        files.put("f5.yml", "include: f6.yml");
        assertThat(errors(files))
                .containsExactly(
                        "f5.yml:1:10: files include each other more than 5 deep: ci.yml → f1.yml →"
                                + " f2.yml → f3.yml → f4.yml → f5.yml; include the last of them"
                                + " directly");
    }

    @Test
    void aFileThatCanNotBeReadIsAProblem() {
        assertThat(
                        errors(
                                Map.of(
                                        "ci.yml",
                                        """
                                        name: x
                                        include: [none.yml, ../out.yml, [x]]
                                        env_file: .env
                                        jobs: {build: {%s}}
                                        """
                                                .formatted(STEPS))))
                .containsExactly(
                        "ci.yml:2:11: 'none.yml' can't be read: there is no such file; check the"
                                + " path; only files of this repository, or of one that the server"
                                + " allows, can be read",
                        "ci.yml:2:21: path '../out.yml' leaves the repository; write a path from the"
                                + " root of the repository, without '..'",
                        "ci.yml:2:33: 'include' names files, but this is a list; write a path, such"
                                + " as ci/base.yml",
                        "ci.yml:3:11: '.env' can't be read: there is no such file; check the path,"
                                + " from the root of the repository");
    }

    @Test
    void variablesOfAnEnvFileStandBelowThoseOfThePipeline() {
        var plan =
                plan(
                        Map.of(
                                "ci.yml",
                                """
                                name: x
                                env_file: ci/.env
                                env: {B: pipeline, C: "${{ env.A }}"}
                                jobs: {build: {%s}}
                                """
                                        .formatted(STEPS),
                                "ci/.env",
                                "# comment\nexport A=\"a b\"\nB=file\n\nD=${{ branch }} $X\n"));

        assertThat(plan.jobs().getFirst().environment())
                .containsEntry("A", "a b")
                .containsEntry("B", "pipeline")
                .containsEntry("C", "a b")
                .containsEntry("D", "${{ branch }} $X");
    }

    @Test
    void linesOfAnEnvFileThatAreNoVariablesAreProblems() {
        assertThat(
                        errors(
                                Map.of(
                                        "ci.yml",
                                        "name: x\nenv_file: .env\njobs: {build: {%s}}"
                                                .formatted(STEPS),
                                        ".env",
                                        "A=1\nwhat\nCI=true\n")))
                .containsExactly(
                        ".env:2:1: this line is no variable; write NAME=value, or # before a comment",
                        ".env:3:1: 'CI' is set by the server for each run; choose another name");
    }
}
