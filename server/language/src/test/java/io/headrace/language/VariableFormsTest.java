package io.headrace.language;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.expression.Undefined;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Variables in texts outside of commands (requirements VAR-001 to VAR-004, VAR-013 to VAR-017). */
class VariableFormsTest {

    private static final String TEXT =
            """
            name: forms
            global_env: {NAME: feature/new/shop, EMPTY: ""}
            jobs:
              build:
                environment:
                  RESULT: '%s'
                steps: [{name: make, run: make}]
            """;

    private static String resolved(String text) {
        return Pipelines.plan(TEXT.formatted(text), Events.push("dev"))
                .jobs()
                .getFirst()
                .environment()
                .getOrDefault("RESULT", "");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                    # VAR-001: with and without braces
                    a $NAME b,               a feature/new/shop b
                    a${NAME}b,               afeature/new/shopb
                    $NAME$NAME,              feature/new/shopfeature/new/shop
                    # B2: what is unknown without braces is left to whoever reads it
                    a $OTHER $1 $(x) $$ $,   a $OTHER $1 $(x) $$ $
                    # VAR-002, VAR-025: a default always resolves
                    ${OTHER:-x},             x
                    ${EMPTY:-x y},           x y
                    ${NAME:-x},              feature/new/shop
                    ${OTHER:-${NAME}},       feature/new/shop
                    ${OTHER:-${{ branch }}}, dev
                    ${OTHER:-a${EMPTY:-b}c}, abc
                    # VAR-003
                    a${NAME:+x}b,            axb
                    a${EMPTY:+x}b,           ab
                    a${OTHER:+x}b,           ab
                    ${NAME:+<$NAME>},        <feature/new/shop>
                    # VAR-004: the first, or each
                    ${NAME/\\//-},           feature-new/shop
                    ${NAME//\\//-},          feature-new-shop
                    ${NAME//new\\//},        feature/shop
                    ${NAME/none/x},          feature/new/shop
                    ${NAME/feature/$EMPTY.}, ./new/shop
                    # VAR-012: what is known of the run
                    ${CI} ${BRANCH_NAME},    true dev
                    ${HEADRACE_EVENT},       push
                    # kept as written
                    $${NAME},                ${NAME}
                    $${{ NAME }},            ${{ NAME }}
                    ${spring.port},          ${spring.port}
                    """)
    void aVariableIsReplaced(String written, String value) {
        assertThat(resolved(written)).isEqualTo(value.replace("\\\\", "\\"));
    }

    @Test
    void variablesStandInEveryTextThatIsNoCommand() {
        var plan =
                Pipelines.plan(
                        """
                        name: everywhere
                        global_env: {V: one}
                        jobs:
                          build:
                            image: image-$V
                            labels: ["l-${V}"]
                            environment: {A: "a-$V"}
                            artifacts: {jar: "build/${V}/*.jar"}
                            steps:
                              - name: make ${V}
                                run: make ${V} $V ${V:-x} ${V/o/x}
                                working_directory: sub/$V
                                environment: {B: "${A}-$V"}
                        """);

        var job = plan.jobs().getFirst();
        var step = job.steps().getFirst();
        assertThat(job.image()).isEqualTo("image-one");
        assertThat(job.labels()).containsExactly("l-one");
        assertThat(job.environment()).containsEntry("A", "a-one");
        assertThat(job.artifacts().getFirst().paths()).containsExactly("build/one/*.jar");
        assertThat(step.name()).isEqualTo("make one");
        assertThat(step.workingDirectory()).isEqualTo("sub/one");
        assertThat(step.environment()).containsEntry("B", "a-one-one");
        // VAR-017: a command's variables are the shell's.
        assertThat(step.commands()).containsExactly("make ${V} $V ${V:-x} ${V/o/x}");
    }

    @Test
    void eachLevelWinsOverTheOneBelowInTextsAsInCommands() {
        // VAR-009 to VAR-011, conflicts B1.
        var text =
                """
                name: levels
                parameters: {P: parameter, Q: parameter, R: parameter}
                global_env: {Q: pipeline, X: "$P $Q"}
                jobs:
                  build:
                    matrix: {q: [axis], r: [axis]}
                    environment: {R: job, Y: "$P $Q $R $MATRIX_Q"}
                    steps: [{name: make, run: make, environment: {R: step, Z: "$P $Q $R"}}]
                """;

        var job = Pipelines.plan(text).jobs().getFirst();
        var given =
                Pipelines.plan(text, Events.manual("main", Map.of("P", "1", "Q", "2", "R", "3")))
                        .jobs()
                        .getFirst();

        assertThat(job.environment())
                .containsEntry("X", "parameter pipeline")
                .containsEntry("Y", "parameter pipeline job axis")
                .containsEntry("P", "parameter");
        assertThat(job.steps().getFirst().environment())
                .containsEntry("Z", "parameter pipeline step");
        assertThat(given.environment()).containsEntry("X", "1 2").containsEntry("Y", "1 2 3 axis");
        assertThat(given.steps().getFirst().environment()).containsEntry("Z", "1 2 3");
    }

    @Test
    void anUndefinedVariableIsToldWithTheNearestNameAndWithWhatThereIs() {
        // VAR-014, VAR-026.
        assertThat(
                        Pipelines.planErrors(
                                TEXT.formatted("x ${NMAE} ${NMAE/a/b}"), Events.push("dev")))
                .containsExactly(
                        "ci.yml:6:18: variable 'NMAE' has no value when the run is planned; did you"
                                + " mean 'NAME'? variables are 'EMPTY', 'NAME'");
        assertThat(Pipelines.planErrors(TEXT.formatted("${SOMETHING}"), Events.push("dev")))
                .containsExactly(
                        "ci.yml:6:16: variable 'SOMETHING' has no value when the run is planned;"
                                + " variables here are 'EMPTY', 'NAME'");
        assertThat(Pipelines.planErrors(TEXT.formatted("${WORKSPACE}"), Events.push("dev")))
                .containsExactly(
                        "ci.yml:6:16: variable 'WORKSPACE' has no value when the run is planned; it"
                                + " is set when the job runs: use it in a command");
    }

    @ParameterizedTest(name = "{0} is {1} or {2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    <${NONE}>                | <${NONE}>                | <>
                    ${NONE/a/b}-${NONE//a}   | ${NONE/a/b}-${NONE//a}   | -
                    ${{ env.NONE }}x         | ${{ env.NONE }}x         | x
                    ${{ env.NONE == "" }}    | ${{ env.NONE == "" }}    | true
                    ${NONE:-a${OTHER}b}      | a${OTHER}b               | ab
                    ${NAME/feature/${NONE}.} | ${NONE}./new/shop        | ./new/shop
                    ${WORKSPACE}/x           | ${WORKSPACE}/x           | /x
                    $NONE ${NAME}            | $NONE feature/new/shop   | $NONE feature/new/shop
                    $COPY                    | ${LACK}                  | ``
                    """)
    void anUndefinedVariableStaysAsItIsOrIsEmptyIfTheOperatorSaysSo(
            String written, String literal, String empty) {
        // VAR-014, conflicts B2.
        var text = TEXT.replace("EMPTY: \"\"", "EMPTY: \"\", COPY: \"${LACK}\"");

        assertThat(planned(text.formatted(written), Undefined.LITERAL)).isEqualTo(literal);
        assertThat(planned(text.formatted(written), Undefined.EMPTY)).isEqualTo(empty);
    }

    private static String planned(String text, Undefined undefined) {
        var planned = new Planner(undefined).plan(Pipelines.parse(text), Events.push("dev"));
        assertThat(planned.plan()).as("%s", planned.problems()).isNotNull();
        return planned.plan().jobs().getFirst().environment().getOrDefault("RESULT", "");
    }

    @Test
    void allUndefinedVariablesAreToldAtOnce() {
        var errors =
                Pipelines.planErrors(
                        """
                        name: many
                        global_env: {A: "${B1} ${B2}"}
                        jobs:
                          build:
                            environment: {C: "x ${{ env.B3 + env.B4 }} ${B5:-${B6}}"}
                            steps:
                              - name: ${B7}
                                run: make ${B8}
                                working_directory: ${B9}/${A}
                        """,
                        Events.push("main"));

        assertThat(errors)
                .extracting(error -> error.replaceFirst(" has no value when.*", ""))
                .containsExactly(
                        "ci.yml:2:18: variable 'B1'",
                        "ci.yml:2:24: variable 'B2'",
                        "ci.yml:5:29: 'env.B3'",
                        "ci.yml:5:38: 'env.B4'",
                        "ci.yml:5:54: variable 'B6'",
                        "ci.yml:7:15: variable 'B7'",
                        "ci.yml:9:28: variable 'B9'");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            textBlock =
                    """
                    ${NAME%%/*}    | only a shell knows what '${NAME%%/*}' means
                    ${NAME:?none}  | only a shell knows what '${NAME:?none}' means
                    ${NAME:-x      | '${' is never closed
                    ${NAME//x}     | -
                    ${NAME/}       | '${NAME/}' replaces nothing
                    ${SECRET:key}  | -
                    """)
    void whatCannotBeReplacedIsAProblem(String written, String message) {
        var errors = Pipelines.errors(TEXT.formatted(written));

        if (message.equals("-")) {
            assertThat(errors).isEmpty();
        } else {
            assertThat(errors).singleElement().asString().contains(message);
        }
    }

    @Test
    void aCircleIsNamedWhole() {
        // VAR-015, VAR-016.
        assertThat(
                        Pipelines.planErrors(
                                """
                                name: circle
                                global_env: {A: $B, B: "${C:-x}", C: "${{ env.A }}"}
                                jobs: {build: {steps: [{name: make, run: make}]}}
                                """,
                                Events.push("main")))
                .containsExactly(
                        "ci.yml:2:17: variables refer to each other: A → B → C → A; write the value"
                                + " of one of them out");
    }

    @Test
    void nestingEndsAtTen() {
        // VAR-015.
        var nine = IntStream.range(0, 9).mapToObj(i -> "${X" + i + ":-").collect(joining());
        var eleven = IntStream.range(0, 11).mapToObj(i -> "${X" + i + ":-").collect(joining());

        assertThat(resolved(nine + "end" + "}".repeat(9))).isEqualTo("end");
        assertThat(Pipelines.errors(TEXT.formatted(eleven + "end" + "}".repeat(11))))
                .singleElement()
                .asString()
                .contains("variables are nested deeper than 10; nest less");
    }

    @Test
    void variablesThatGrowAreCutOffEarly() {
        // VAR-022: no clock, but a bound to what is made.
        var growing =
                IntStream.range(0, 9)
                        .mapToObj(i ->
                                "  V%d: \"%s\"\n"
                                        .formatted(i, "${V%d}".formatted(i + 1).repeat(50)))
                        .collect(joining());
        var text =
                "name: growing\nglobal_env:\n"
                        + growing
                        + "  V9: x\njobs: {build: {steps: [{name: make, run: make}]}}\n";

        assertThat(Pipelines.planErrors(text, Events.push("main")))
                .isNotEmpty()
                .first()
                .asString()
                .contains("the text becomes too long with the values in it");
    }

    @Test
    void aPlanHasABoundForAllOfItsTexts() {
        // VAR-022.
        var many =
                IntStream.range(0, 400)
                        .mapToObj(i -> "  V%d: \"${X}\"\n".formatted(i))
                        .collect(joining());
        var text =
                "name: many\nglobal_env:\n  X: \"%s\"\n".formatted("x".repeat(120_000))
                        + many
                        + "jobs: {build: {steps: [{name: make, run: make}]}}\n";

        assertThat(Pipelines.planErrors(text, Events.push("main")))
                .isNotEmpty()
                .first()
                .asString()
                .contains("longer than 33,554,432 characters");
    }

    @Test
    void everyResolutionIsKeptForWhoeverAsks() {
        var resolutions =
                new Planner()
                        .resolutions(
                                Pipelines.parse(TEXT.formatted("v-${NAME//\\//-}")),
                                Events.push("dev"));

        assertThat(resolutions)
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.context()).isEqualTo("job 'build'");
                    assertThat(each.written()).isEqualTo("v-${NAME//\\//-}");
                    assertThat(each.value()).isEqualTo("v-feature-new-shop");
                    assertThat(each.mark().line()).isEqualTo(6);
                });
    }

    /** Every field of an event, by the names under which texts reach it. */
    private static final Map<String, Set<String>> FIELDS =
            Map.of(
                    "project", Set.of("HEADRACE_PROJECT"),
                    "type", Set.of("event", "github.event_name"),
                    "ref", Set.of("ref", "github.ref"),
                    "branch", Set.of("branch"),
                    "tag", Set.of("tag"),
                    "commit", Set.of("commit"),
                    "parameters", Set.of("parameters.p", "inputs.p", "pipeline.p"),
                    "changedPaths", Set.of());

    static Stream<String> names() {
        var outside = List.of("title", "author", "message", "head_ref", "env.FROM_BRANCH", "env.X");
        return Stream.concat(
                outside.stream(),
                Stream.concat(
                                FIELDS.values().stream().flatMap(Set::stream),
                                PipelineVocabulary.EVENT_VARIABLES.keySet().stream())
                        .distinct()
                        .sorted());
    }

    @Test
    void aNewFieldOfEventsMustSayHereHowTextsReachIt() {
        assertThat(PlanEvent.class.getRecordComponents())
                .extracting(component -> component.getName())
                .containsExactlyInAnyOrderElementsOf(FIELDS.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void noFieldOfAnEventIsEverPutIntoACommand(String name) {
        // VAR-017, SEC-025: in no form, not even inside of a function or of an operator.
        var forms =
                List.of(
                        "${{ %s }}",
                        "${{ %s == 'x' && %s }}",
                        "${%s}",
                        "$%s",
                        "${%s:-x}",
                        "${{ 'a' + %s }}",
                        "${{ format('{0}', %s) }}",
                        "${{ join(split(%s, '/'), '-') }}",
                        "${{ toJSON(%s) }}",
                        "${{ fromJSON(%s) }}",
                        "${{ split(%s, '/')[0] }}");
        var hostile = "$(reboot)`reboot`;reboot";

        for (var form : forms) {
            var text =
                    """
                    name: tainted
                    parameters: {p: x}
                    global_env: {FROM_BRANCH: "${{ branch }}", X: "$FROM_BRANCH"}
                    jobs:
                      build: {steps: [{name: make, run: "make %s"}]}
                    """
                            .formatted(form.formatted(repeat(name)));
            var parsed = new PipelineParser().parse("ci.yml", text);
            if (parsed.pipeline() == null) {
                continue;
            }
            var event =
                    new PlanEvent(
                            hostile,
                            PlanEvent.Type.PULL_REQUEST,
                            hostile,
                            hostile,
                            hostile,
                            hostile,
                            Map.of("p", hostile));
            var plan = new Planner().plan(parsed.pipeline(), event).plan();
            assertThat(
                            plan == null
                                    ? List.of()
                                    : plan.jobs().getFirst().steps().getFirst().commands())
                    .as(form)
                    .noneMatch(command -> command.toString().contains("reboot"));
        }
    }

    private static Object[] repeat(String name) {
        var names = new Object[2];
        Arrays.fill(names, name);
        return names;
    }
}
