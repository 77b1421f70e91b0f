package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the jobs of a matrix, and which matrices are refused (LANG-052 to LANG-061). */
class MatrixRulesTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static String text(String matrix) {
        return "name: x\njobs:\n  test: {matrix: %s, %s}\n".formatted(matrix, STEPS);
    }

    private static List<String> problems(String matrix) {
        return new PipelineParser()
                .parse("ci.yml", text(matrix)).problems().stream()
                        .map(problem -> problem.severity() + " " + problem.message())
                        .toList();
    }

    private static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    @Test
    void eachVariantHasAllThatItsJobHasAndIsMarkedAsOne() {
        var plan =
                Pipelines.plan(
                        """
                        name: variants
                        jobs:
                          first: {%1$s}
                          test:
                            needs: first
                            matrix: {n: [1, 2]}
                            pool: big
                            timeout: 7
                            retry_count: 2
                            environment: {A: "a-${{ matrix.n }}"}
                            artifacts: [out]
                            secrets: [KEY]
                            %1$s
                        """
                                .formatted(STEPS));

        assertThat(plan.jobs())
                .extracting(Plan.Job::id)
                .containsExactly("first", "test-1", "test-2");
        for (var variant : plan.jobs().subList(1, 3)) {
            assertThat(variant.baseName()).isEqualTo("test");
            assertThat(variant.matrix()).containsOnlyKeys("n");
            assertThat(variant.needs()).containsExactly("first");
            assertThat(variant.pool()).isEqualTo("big");
            assertThat(variant.timeLimit()).hasSeconds(7);
            assertThat(variant.retries()).isEqualTo(2);
            assertThat(variant.secrets()).containsExactly("KEY");
            assertThat(variant.artifacts()).hasSize(1);
            assertThat(variant.steps()).hasSize(1);
        }
        assertThat(plan.jobs().getFirst().matrix()).isEmpty();
        assertThat(plan.jobs())
                .extracting(job -> job.environment().get("A"))
                .containsExactly(null, "a-1", "a-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${{ matrix.os }}", "${matrix.os}"})
    void anAxisStandsInEveryTextOfItsJob(String axis) {
        var job =
                Pipelines.plan(
                                """
                                name: axes
                                jobs:
                                  test:
                                    matrix: {os: [linux]}
                                    runs-on: registry/%1$s:1
                                    labels: ["l-%1$s"]
                                    environment: {A: "a-%1$s"}
                                    artifacts: ["build/%1$s"]
                                    steps:
                                      - name: on %1$s
                                        run: make %1$s
                                        working_directory: d/%1$s
                                """
                                        .formatted(axis))
                        .jobs()
                        .getFirst();

        assertThat(job.image()).isEqualTo("registry/linux:1");
        assertThat(job.labels()).containsExactly("l-linux");
        assertThat(job.environment()).containsEntry("A", "a-linux");
        assertThat(job.artifacts().getFirst().paths()).containsExactly("build/linux");
        assertThat(job.steps().getFirst().name()).isEqualTo("on linux");
        assertThat(job.steps().getFirst().commands()).containsExactly("make linux");
        assertThat(job.steps().getFirst().workingDirectory()).isEqualTo("d/linux");
    }

    @Test
    void aPlatformMadeOfAnAxisIsInLowerCaseToo() {
        var plan =
                Pipelines.plan(
                        """
                        name: platforms
                        jobs:
                          test:
                            matrix: {OS: [Linux, MacOS]}
                            platform: {os: "${{ matrix.OS }}", arch: ARM64, gpu: true}
                            labels: Big
                            %s
                        """
                                .formatted(STEPS));

        assertThat(plan.jobs())
                .extracting(Plan.Job::labels)
                .containsExactly(
                        List.of("Big", "linux", "arm64", "gpu"),
                        List.of("Big", "macos", "arm64", "gpu"));
    }

    @Test
    void anAxisThatTheMatrixLacksIsAnErrorWithTheNearest() {
        assertThat(
                        Pipelines.errors(
                                "name: x\njobs: {test: {matrix: {os: [a]}, steps: [{name: a, run:"
                                        + " 'b ${{ matrix.so }}'}]}}"))
                .singleElement()
                .asString()
                .endsWith("'matrix.so' is not known here; did you mean 'matrix.os'?");
    }

    @Test
    void aMatrixThatMakesMoreThanHalfOfTheLimitIsAWarning() {
        assertThat(problems("{a: [%s]}".formatted(numbers(25)))).isEmpty();
        assertThat(problems("{a: [%s]}".formatted(numbers(26))))
                .containsExactly(
                        "WARNING the matrix makes 26 jobs, more than half of the limit of 50");
        assertThat(problems("{max: 4, a: [1, 2]}")).isEmpty();
        assertThat(problems("{max: 4, a: [1, 2, 3]}"))
                .containsExactly(
                        "WARNING the matrix makes 3 jobs, more than half of the limit of 4");
        assertThat(problems("{max: 1, a: [1]}")).as("one is never many").isEmpty();
    }

    @Test
    void theLimitMayBeRaisedTo256AndNoFurther() {
        assertThat(Pipelines.errors(text("{max: 256, a: [%s]}".formatted(numbers(256))))).isEmpty();
        assertThat(Pipelines.errors(text("{max: 256, a: [%s]}".formatted(numbers(257)))))
                .singleElement()
                .asString()
                .endsWith(
                        "the matrix makes 257 jobs, and the limit is 256; leave out axes or values,"
                                + " or exclude some");
        assertThat(Pipelines.errors(text("{max: 257, a: [1]}")))
                .singleElement()
                .asString()
                .endsWith("'max' is 257, which is outside 1 to 256; write a number from 1 to 256");
        assertThat(Pipelines.errors(text("{max: 0, a: [1]}"))).hasSize(1);
        assertThat(Pipelines.errors(text("{a: [%s]}".formatted(numbers(256)))))
                .singleElement()
                .asString()
                .endsWith("exclude some, or set 'max: 256' in it");
        assertThat(Pipelines.errors(text("{a: [%s]}".formatted(numbers(257)))))
                .singleElement()
                .asString()
                .endsWith("leave out axes or values, or exclude some");
    }

    @Test
    void whatIsExcludedDoesNotCount() {
        assertThat(Pipelines.errors(text("{a: [%s], exclude: [{a: 50}]}".formatted(numbers(51)))))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: [], b: [1]}      | WARNING axis 'a' has no values and is ignored",
                "{a: 1}               | -",
                "{a: 1.20, b: yes}    | -",
                "{a: [1, 1]}          | ERROR axis 'a' has the value '1' twice",
                "{a: [[1]], b: [1]}   | ERROR a value of axis 'a' must be text, but it is a list",
                "{a: [{b: c}], b: 1}  | ERROR a value of axis 'a' must be text, but it is a map",
                "{a: ~, b: 1}         | ERROR a value of axis 'a' must be text, but it is nothing",
                "{1a: [1], b: 1}      | ERROR '1a' is no name for an axis",
                "{b: 1, exclude: [{c: 1}]} | ERROR 'exclude' names 'c', which is no axis of this matrix",
                "{b: 1, include: x}   | ERROR 'include' must be a list of maps, but it is text",
                "{b: 1, include: [x]} | ERROR 'include' must be a map, but it is text",
                "{b: 1, include: [{1a: 1}]} | ERROR '1a' is no name for an axis",
                "{}                   | ERROR the matrix makes no job at all",
                "{b: 1, exclude: [{b: 1}]} | ERROR the matrix makes no job at all",
            })
    void anAxisIsATextOrAListOfTexts(String matrix, String problem) {
        if (problem.equals("-")) {
            assertThat(problems(matrix)).isEmpty();
        } else {
            assertThat(problems(matrix)).containsExactly(problem);
        }
    }

    @Test
    void anEmptyAxisAloneIsNoMatrix() {
        assertThat(problems("{a: []}"))
                .containsExactlyInAnyOrder(
                        "WARNING axis 'a' has no values and is ignored",
                        "ERROR the matrix makes no job at all");
    }

    @Test
    void aValueHasAtMost200CharactersAndNoExpression() {
        assertThat(problems("{a: [%s]}".formatted("x".repeat(200)))).isEmpty();
        assertThat(problems("{a: [%s]}".formatted("x".repeat(201)))).hasSize(2);
        assertThat(problems("{b: 1, a: ['${{ branch }}']}"))
                .containsExactly(
                        "ERROR a value of axis 'a' is longer than 200 characters, or has an"
                                + " expression in it");
    }

    @Test
    void anIncludedCombinationMayStandAlone() {
        var plan = Pipelines.plan(text("{include: [{a: 1, b: x}, {a: 2}, {a: 2}]}"));

        assertThat(plan.jobs()).extracting(Plan.Job::id).containsExactly("test-1-x", "test-2");
        assertThat(plan.jobs())
                .extracting(Plan.Job::name)
                .containsExactly("test (a=1, b=x)", "test (a=2)");
    }

    @Test
    void atMostFiveHundredCombinationsAreListed() {
        var listed =
                IntStream.range(0, 501)
                        .mapToObj("{a: %d}"::formatted)
                        .collect(Collectors.joining(", "));

        assertThat(problems("{a: 1, exclude: [%s]}".formatted(listed)))
                .containsExactly("ERROR 'exclude' lists 501 combinations, and the limit is 500");
        assertThat(
                        problems(
                                "{b: 1, a: 999, exclude: [%s]}"
                                        .formatted(listed.replace("{a: 500}", "{a: 7}"))))
                .hasSize(1);
    }

    @Test
    void variantsWaitForWhatTheirJobWaitsForAndAreWaitedForTogether() {
        var plan =
                Pipelines.plan(
                        """
                        name: fan
                        jobs:
                          build: {matrix: {os: [a, b]}, %1$s}
                          test: {needs: build, matrix: {n: [1, 2]}, %1$s}
                          one: {needs: "build (os=a)", %1$s}
                          last: {needs: [test], %1$s}
                        """
                                .formatted(STEPS));

        assertThat(plan.jobs())
                .extracting(Plan.Job::id, Plan.Job::needs)
                .containsExactly(
                        tuple("build-a", List.of()),
                        tuple("build-b", List.of()),
                        tuple("test-1", List.of("build-a", "build-b")),
                        tuple("test-2", List.of("build-a", "build-b")),
                        tuple("one", List.of("build-a")),
                        tuple("last", List.of("test-1", "test-2")));
    }

    @Test
    void namesOfVariablesThatAnAxisMayNotTakeStayAsTheyWere() {
        var job =
                Pipelines.plan(
                                """
                                name: names
                                jobs:
                                  test:
                                    matrix: {home: [h], ci: [c], ld_preload: [l], headrace_x: [x], shell: [s], os-name: [o]}
                                    %s
                                """
                                        .formatted(STEPS))
                        .jobs()
                        .getFirst();

        assertThat(job.environment())
                .isEqualTo(
                        Map.of(
                                "MATRIX_HOME", "h",
                                "MATRIX_CI", "c",
                                "MATRIX_LD_PRELOAD", "l",
                                "MATRIX_HEADRACE_X", "x",
                                "MATRIX_SHELL", "s",
                                "MATRIX_OS_NAME", "o",
                                "OS_NAME", "o"));
    }
}
