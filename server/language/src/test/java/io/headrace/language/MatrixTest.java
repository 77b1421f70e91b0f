package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatrixTest {

    private static Plan plan(String matrix) {
        return Pipelines.plan(
                """
                name: matrix
                jobs:
                  test:
                    matrix: %s
                    steps: [{name: "on ${{ matrix.a }}", run: "echo ${matrix.a}"}]
                """
                        .formatted(matrix));
    }

    @Test
    void axesMultiplyInTheirOrder() {
        var plan = plan("{a: [1, 2], b: [x, y]}");

        assertThat(plan.jobs())
                .extracting(Plan.Job::id)
                .containsExactly("test-1-x", "test-1-y", "test-2-x", "test-2-y");
        assertThat(plan.jobs().getFirst().name()).isEqualTo("test (a=1, b=x)");
        assertThat(plan.jobs().getFirst().matrix())
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "x"));
        assertThat(plan.jobs().getFirst().baseName()).isEqualTo("test");
    }

    @Test
    void valuesKeepTheirText() {
        assertThat(plan("{a: [1.20, 010, no, 0x1F]}").jobs())
                .extracting(job -> job.matrix().get("a"))
                .containsExactly("1.20", "010", "no", "0x1F");
    }

    @Test
    void aScalarIsAnAxisOfOneValue() {
        assertThat(plan("{a: 1, b: [x, y]}").jobs()).hasSize(2);
    }

    @Test
    void excludeLeavesOutWhatItMatchesInPart() {
        assertThat(plan("{a: [1, 2], b: [x, y], exclude: [{a: 1}, {a: 2, b: y}]}").jobs())
                .extracting(Plan.Job::id)
                .containsExactly("test-2-x");
    }

    @Test
    void includeAddsToWhatItFitsOrElseACombinationOfItsOwn() {
        var plan = plan("{a: [1, 2], include: [{a: 2, c: z}, {a: 3}, {d: all}]}");

        assertThat(plan.jobs())
                .extracting(Plan.Job::id)
                .containsExactly("test-1", "test-2", "test-3");
        assertThat(plan.jobs())
                .extracting(Plan.Job::matrix)
                .containsExactly(
                        Map.of("a", "1", "d", "all"),
                        Map.of("a", "2", "c", "z", "d", "all"),
                        Map.of("a", "3"));
    }

    @Test
    void idsAreSlugsAndUnique() {
        var plan =
                Pipelines.plan(
                        """
                        name: ids
                        jobs:
                          test:
                            matrix: {a: ["x/y", "x y", "ünï"]}
                            steps: [{name: make, run: make}]
                          test-x-y:
                            steps: [{name: make, run: make}]
                        """);

        assertThat(plan.jobs())
                .extracting(Plan.Job::id)
                .containsExactly("test-x-y-2", "test-x-y-3", "test-n", "test-x-y");
    }

    @Test
    void valuesAreExportedInBothSpellings() {
        var plan =
                Pipelines.plan(
                        """
                        name: exported
                        global_env: {OS: mine}
                        jobs:
                          test:
                            matrix: {go: ["1.20"], os: [linux], path: [x], node-version: [22]}
                            environment: {MATRIX_OS: set}
                            steps: [{name: make, run: make}]
                        """);

        assertThat(plan.jobs().getFirst().environment())
                .containsAllEntriesOf(
                        Map.of(
                                "MATRIX_GO", "1.20",
                                "GO", "1.20",
                                "GO_VERSION", "1.20",
                                "MATRIX_OS", "set",
                                "OS", "mine",
                                "MATRIX_PATH", "x",
                                "NODE_VERSION", "22"))
                .as("an axis must not take the search path away")
                .doesNotContainKey("PATH");
    }

    @Test
    void theMatrixOfThePipelineIsForJobsWithoutOne() {
        var plan =
                Pipelines.plan(
                        """
                        name: inherited
                        matrix: {a: [1, 2]}
                        jobs:
                          test: {steps: [{name: make, run: make}]}
                          own: {matrix: {b: [3]}, steps: [{name: make, run: make}]}
                        """);

        assertThat(plan.jobs())
                .extracting(Plan.Job::id)
                .containsExactly("test-1", "test-2", "own-3");
    }

    @Test
    void valuesStandInNamesImagesAndCommands() {
        var step = plan("{a: [7]}").jobs().getFirst().steps().getFirst();

        assertThat(step.name()).isEqualTo("on 7");
        assertThat(step.commands()).containsExactly("echo 7");
    }

    @Test
    void fiftyAreAllowedAndFiftyOneAreNot() {
        var fifty = "{a: [%s]}".formatted(numbers(50));
        var more =
                "name: x\njobs: {test: {matrix: {a: [%s]}, steps: [{name: a, run: b}]}}"
                        .formatted(numbers(51));

        assertThat(plan(fifty).jobs()).hasSize(50);
        assertThat(Pipelines.errors(more))
                .containsExactly(
                        "ci.yml:2:15: the matrix makes 51 jobs, and the limit is 50; exclude some,"
                                + " or set 'max: 51' in it");
        assertThat(plan("{max: 51, a: [%s]}".formatted(numbers(51))).jobs()).hasSize(51);
    }

    private static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
