package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.language.format.FormatException;
import io.headrace.language.format.Formatter;
import io.headrace.language.schema.Key;
import io.headrace.language.schema.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormatterTest {

    private static final List<PlanEvent> EVENTS =
            List.of(
                    Events.push("main"),
                    Events.push("dev"),
                    Events.tag("v1"),
                    Events.manual("main"));

    private static final Includes FILES =
            (_, path) -> Includes.Included.of(path.endsWith(".yml") ? "x-nothing: here\n" : "");

    @ParameterizedTest
    @MethodSource("io.headrace.language.JsonSchemaTest#validFiles")
    void whatAFileMeansNeverChanges(Path file) throws IOException, FormatException {
        check(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("io.headrace.language.JsonSchemaTest#examplesOfTheGuide")
    void norWhatAnExampleOfTheGuideMeans(String example) throws FormatException {
        check(example);
    }

    @Tag("broad")
    @ParameterizedTest
    @MethodSource("io.headrace.language.JsonSchemaTest#examplesOfKeys")
    void norWhatAnExampleOfAKeyMeans(Level level, Key key) throws FormatException {
        check(level.file(key));
    }

    /** Compares plans, and formats again what was formatted. */
    private static void check(String text) throws FormatException {
        var formatted = Formatter.format(text);

        assertThat(Formatter.format(formatted)).as("again: %s", formatted).isEqualTo(formatted);
        for (var event : EVENTS) {
            assertThat(plan(formatted, event)).as(formatted).isEqualTo(plan(text, event));
        }
        assertThat(comments(formatted)).containsExactlyInAnyOrderElementsOf(comments(text));
    }

    private static List<String> comments(String text) {
        return Pattern.compile("(?m)(?<!\\S)#.*$")
                .matcher(text)
                .results()
                .map(each -> each.group().strip())
                .toList();
    }

    private static List<Object> plan(String text, PlanEvent event) {
        var parsed = new PipelineParser().parse("ci.yml", text, FILES);
        var pipeline = parsed.pipeline();
        if (pipeline == null) {
            return List.of(parsed.problems().stream().map(PipelineProblem::code).sorted().toList());
        }
        var planned = new Planner().plan(pipeline, event);
        return planned.plan() == null ? List.of() : List.of(planned.plan());
    }

    @Test
    void keysGetTheirOrderAndTheirFirstNames() throws FormatException {
        assertThat(
                        Formatter.format(
                                """
                                # The shop.
                                jobs:
                                    build:   # compiles

                                        env: {LEVEL: "high"}
                                        # What it does.
                                        steps:
                                        - run: 'make all'   # everything
                                          name: "make"
                                        # Not yet:
                                        # - run: make install
                                    test:
                                        needs: [build]
                                        timeout_seconds: 60
                                        steps:
                                          - {run: "echo: x", env: {A: 1}}
                                          - run: |
                                                echo one

                                                  echo two
                                            name: say


                                # Names it.
                                name:   'shop'
                                """))
                .isEqualTo(
                        """
                        # Names it.
                        name: shop
                        # The shop.
                        jobs:
                          build: # compiles
                            # What it does.
                            steps:
                              - name: make
                                script: make all # everything
                              # Not yet:
                              # - run: make install
                            environment: {LEVEL: "high"}
                          test:
                            steps:
                              - {script: "echo: x", environment: {A: 1}}
                              - name: say
                                script: |
                                  echo one

                                    echo two
                            depends_on: [build]
                            timeout: 60
                        """);
    }

    @Test
    void anchorsStayBeforeTheirAliases() throws FormatException {
        var text =
                """
                jobs:
                  build: &build
                    steps: &steps
                      - {name: make, run: make}
                    needs: []
                  again:
                    <<: *build
                    timeout_seconds: 60
                name: shop
                """;

        assertThat(Formatter.format(text))
                .contains("name: shop\njobs:\n  build: &build\n    steps: &steps\n")
                .contains("  again:\n    <<: *build\n    timeout_seconds: 60\n");
    }

    @Test
    void quotesStayWhereOthersWouldReadSomethingElse() throws FormatException {
        var text =
                """
                name: shop
                global_env:
                  A: "1.20"
                  B: 'no'
                  C: "a: b"
                  D: "plain text"
                  E: ''
                  F: 'it''s'
                jobs:
                  build:
                    steps: [{name: make, script: make}]
                """;

        assertThat(Formatter.format(text)).isEqualTo(text.replace("\"plain text\"", "plain text"));
    }

    @ParameterizedTest
    @MethodSource("stubborn")
    void whatCannotBeFormattedIsNamed(String text, String message) {
        assertThatThrownBy(() -> Formatter.format(text))
                .isInstanceOf(FormatException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> stubborn() {
        return Stream.of(
                Arguments.of(
                        "? name\n: shop\n",
                        "line 1: a key that begins with '?' can't be formatted; write it with a"
                                + " colon"),
                Arguments.of(
                        "name: shop\nenv: # one\n  {A: b} # two\n",
                        "line 3: two comments on one value can't be formatted"),
                Arguments.of(
                        "name: x\njobs: {}\nx-text: |2\n    deep\n",
                        "line 3: a block with a number can't be formatted; indent its text evenly"),
                Arguments.of(
                        "%YAML 1.2\n---\nname: x\n",
                        "lines that begin with '%' can't be formatted; remove them"),
                Arguments.of(
                        "--- {name: x}\n", "line 1: put what follows '---' on a line of its own"),
                Arguments.of("[a]\n", "a file that is no map of lines can't be formatted"),
                Arguments.of("[a]: b\n", "a key that is no text can't be formatted"),
                Arguments.of(
                        "x-a: &list\n- - a\n  - b\n",
                        "line 2: this list can't be formatted; begin each item on a line of its"
                                + " own"));
    }

    static Stream<String> unusual() {
        return Stream.of(
                "name: shop\njobs:\n  b:\n    steps:\n    -\n      # c\n      name: x\n      run: y\n",
                "name: shop\njobs:\n  b:\n    steps:\n    - # c\n      name: x\n      run:\n        y\n",
                "name: shop\njobs:\n  b:\n    steps:\n    - name: x\n      run: >-\n          a\n          b\n\n    - name: z\n      run: |+\n        q\n\n    pool: p\n",
                "name: shop\njobs:\n  b:\n    steps: [\n      {name: x,\n       run: y},  # c\n    ]\n    pool: \"p\"\n",
                "name: shop\njobs:\n  b:\n    steps:\n      - name: x\n        run: \"a\n          b\n\n          c\"\n",
                "name: shop\r\njobs:\r\n  b:\r\n    steps: [{name: x, run: y}]\r\n",
                "# only\n\n\n# comments\nname: shop\njobs: {b: {steps: [{name: x, run: y}]}}\n# end",
                "name: shop\nenv:\n  A:\n  B: ~ # nothing\njobs: {b: {steps: [{name: x, run: y}]}}\n",
                "---\nname: shop\njobs: {b: {steps: [{name: x, run: y}]}}\n");
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void unusualYamlKeepsItsMeaning(String text) throws FormatException {
        check(text);
    }
}
