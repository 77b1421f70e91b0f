package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.Plan.Condition.Verdict;
import io.headrace.language.explain.Explainer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Results of other jobs and secrets: what a plan leaves open (requirements VAR-006, VAR-007,
 * VAR-027, VAR-028, LANG-051, conflicts B5 and B6).
 */
class LateValuesTest {

    private static final String FILE =
            """
            name: late
            global_env: {KNOWN: yes, SECRET: "${secrets.GLOBAL}"}
            jobs:
              build:
                artifacts: {bin: build/app, log-1: build/log}
                steps: [{name: make, run: make}]
              deploy:
                needs: build
                environment:
                  RESULT: '%s'
                  OTHER: {secret: KEY}
                steps: [{name: make, run: make}]
            """;

    /** A job with a matrix and one without, that both are over. */
    private static final JobResults RESULTS =
            new JobResults() {
                @Override
                public String status(String job) {
                    return job.equals("build") ? "failed" : "";
                }

                @Override
                public int artifacts(String job) {
                    return job.equals("build") ? 2 : 0;
                }

                @Override
                public String artifact(String job, String name) {
                    return job.equals("build") ? "sha256:" + name : "";
                }
            };

    private static final Map<String, String> SECRETS =
            Map.of("KEY", "k3y", "TOKEN", "${KNOWN} {0}", "GLOBAL", "everywhere");

    private static final Map<List<String>, String> FILES =
            Map.of(List.of("pom.xml"), "0123", List.of("a", "**/b"), "4567");

    private static Plan.Job deploy(String text) {
        return Pipelines.plan(FILE.formatted(text)).job("deploy").orElseThrow();
    }

    private static Map<String, String> values(Map<String, String> later) throws Exception {
        return new LateValues(RESULTS, SECRETS, FILES).of(later);
    }

    @ParameterizedTest(name = "{0} is planned as {1}, and is {2} when the job starts")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ${{ job.build.status }}           | job.build.status              | failed
                    ${job.build.status}               | job.build.status              | failed
                    ${JOB.build.status}               | job.build.status              | failed
                    ${JOB.build.artifacts.bin}        | job.build.artifacts.bin       | sha256:bin
                    ${{ job.build.artifacts.log-1 }}  | job.build.artifacts.log-1     | sha256:log-1
                    ${{ job.build.artifacts.count }}  | job.build.artifacts.count     | 2
                    ${{ job.build.artifacts.count * 2 + 1 }} | job.build.artifacts.count * 2 + 1 | 5
                    ${{ job.build.status == "failed" && branch == "main" }} | job.build.status == "failed" | true
                    ${secrets.KEY}                    | secrets.KEY                   | k3y
                    ${{ secrets.KEY }}                | secrets.KEY                   | k3y
                    ${SECRET:KEY}                     | secrets.KEY                   | k3y
                    $OTHER                            | secrets.KEY                   | k3y
                    ${{ env.OTHER }}                  | secrets.KEY                   | k3y
                    ${SECRET}                         | secrets.GLOBAL                | everywhere
                    ${NONE:-${secrets.KEY}}           | secrets.KEY                   | k3y
                    ${KNOWN:+$OTHER}                  | secrets.KEY                   | k3y
                    ${KNOWN/e/$OTHER}                 | format("y{0}s", secrets.KEY)  | yk3ys
                    <{${KNOWN}:$OTHER}>               | format("<{{yes:{0}}}>", secrets.KEY) | <{yes:k3y}>
                    a ${secrets.TOKEN} $OTHER $OTHER  | format("a {0} {1} {2}", secrets.TOKEN, secrets.KEY, secrets.KEY) | a ${KNOWN} {0} k3y k3y
                    ${{ format("{0}-{1}", branch, secrets.KEY) }} | format("{0}-{1}", "main", secrets.KEY) | main-k3y
                    """)
    void aValueIsOpenUntilTheJobStarts(String written, String open, String value) throws Exception {
        var job = deploy(written);

        assertThat(job.later()).containsEntry("RESULT", open);
        assertThat(job.environment()).doesNotContainKeys("RESULT", "OTHER", "SECRET");
        assertThat(values(job.later())).containsEntry("RESULT", value);
    }

    @Test
    void whatIsKnownAnywayIsNotLeftOpen() {
        var job = deploy("${{ branch == \"dev\" && job.build.status == \"failed\" }}");

        assertThat(job.environment())
                .containsEntry("RESULT", "false")
                .containsEntry("KNOWN", "yes");
        assertThat(job.later().keySet()).containsExactlyInAnyOrder("SECRET", "OTHER");
    }

    @Test
    void theSecretsThatAPlanAsksForAreKnownByName() {
        assertThat(LateValues.secrets(List.of("format(\"{0}{1}\", secrets.A, job.a.status)")))
                .containsExactly("A");
        assertThat(LateValues.secrets(List.of("job.a.status"))).isEmpty();
        assertThat(LateValues.secrets(deploy("$OTHER ${secrets.TOKEN}").later().values()))
                .containsExactlyInAnyOrder("GLOBAL", "TOKEN", "KEY");
    }

    @Test
    void aLevelAboveReplacesWhatIsOpenAndTheOtherWayRound() {
        var plan =
                Pipelines.plan(
                        """
                        name: levels
                        global_env: {A: {secret: X}, B: plain, C: {secret: X}, D: {secret: X}}
                        jobs:
                          build:
                            matrix: {a: [1], f: [2]}
                            environment: {A: plain, B: {secret: Y}, C: "job $C", F: {secret: Y}}
                            steps:
                              - name: make
                                run: make
                                environment: {A: {secret: Z}, B: plain, C: "step $C", E: $D}
                        """,
                        Events.push("main"));
        var job = plan.jobs().getFirst();
        var step = job.steps().getFirst();

        assertThat(job.environment()).containsEntry("A", "plain").doesNotContainKeys("B", "C", "F");
        assertThat(job.later())
                .isEqualTo(
                        Map.of(
                                "B", "secrets.Y",
                                "C", "format(\"job {0}\", secrets.X)",
                                "D", "secrets.X",
                                "F", "secrets.Y"));
        assertThat(step.environment()).isEqualTo(Map.of("B", "plain"));
        assertThat(step.later())
                .isEqualTo(
                        Map.of(
                                "A", "secrets.Z",
                                "C", "format(\"step {0}\", format(\"job {0}\", secrets.X))",
                                "E", "secrets.X"));
    }

    @Test
    void whatWhoeverStartsTheRunGivesWinsOverASecret() {
        var job =
                Pipelines.plan(
                                FILE.formatted("$OTHER"),
                                Events.manual("main", Map.of("OTHER", "given", "SECRET", "too")))
                        .job("deploy")
                        .orElseThrow();

        assertThat(job.later()).isEmpty();
        assertThat(job.environment())
                .containsEntry("OTHER", "given")
                .containsEntry("RESULT", "given")
                .containsEntry("SECRET", "too");
    }

    @Test
    void inputsOfActionsAreOpenToo() throws Exception {
        var plan =
                Pipelines.plan(
                        """
                        name: inputs
                        jobs:
                          build: {steps: [{name: make, run: make}]}
                          tell:
                            needs: build
                            steps:
                              - name: tell
                                uses: chat
                                with:
                                  text: build ${job.build.status}
                                  token: {secret: KEY}
                                  room: builds
                        """);
        var action = plan.job("tell").orElseThrow().steps().getFirst().action();

        assertThat(action).isNotNull();
        assertThat(action.with()).isEqualTo(Map.of("room", "builds"));
        assertThat(values(action.later()))
                .isEqualTo(Map.of("text", "build failed", "token", "k3y"));
    }

    @ParameterizedTest(name = "{0} is planned as {1}, and is {2} when the step starts")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ${{ hashFiles("pom.xml") }}          | hashFiles("pom.xml")                   | 0123
                    {{ hashFiles('pom.xml') }}           | hashFiles("pom.xml")                   | 0123
                    {{hashFiles("a", "**/b")}}           | hashFiles("a", "**/b")                 | 4567
                    v-{{ hashFiles(format("{0}.xml", "pom")) }} {{ x }} | format("v-{0} {{{{ x }}}}", hashFiles("pom.xml")) | v-0123 {{ x }}
                    ${{ hashFiles("pom.xml") == "0123" && contains(hashFiles("pom.xml"), "01") }} | hashFiles("pom.xml") == "0123" && contains(hashFiles("pom.xml"), "01") | true
                    """)
    void aDigestOfFilesIsOpenUntilTheStepStarts(String written, String open, String value)
            throws Exception {
        // VAR-008.
        var step =
                Pipelines.plan(
                                """
                                name: files
                                jobs:
                                  build:
                                    steps:
                                      - name: make
                                        uses: tool
                                        environment:
                                          HASH: >-
                                            %1$s
                                        with:
                                          hash: >-
                                            %1$s
                                """
                                        .formatted(written))
                        .jobs()
                        .getFirst()
                        .steps()
                        .getFirst();

        assertThat(step.later()).isEqualTo(Map.of("HASH", open));
        assertThat(step.action()).isNotNull();
        assertThat(step.action().later()).isEqualTo(Map.of("hash", open));
        assertThat(values(step.later())).isEqualTo(Map.of("HASH", value));
        assertThat(LateValues.globs(step.later().values())).isSubsetOf(FILES.keySet()).isNotEmpty();
    }

    @Test
    void theKeyOfACacheKeepsItsDigests() {
        var plan =
                Pipelines.plan(
                        """
                        name: keys
                        jobs:
                          build:
                            matrix: {os: [linux]}
                            caches:
                              - key: "{{ hashFiles('a') }}-${{ hashFiles('b') }}-${matrix.os}"
                                paths: x
                              - {key: "${{ hashFiles(matrix.os) }}", paths: x}
                            steps: [{name: make, run: make}]
                        """);

        assertThat(plan.jobs().getFirst().terms().caches())
                .extracting(JobTerms.Cache::key)
                .containsExactly(
                        "{{ hashFiles('a') }}-${{ hashFiles('b') }}-linux",
                        "{{ hashFiles(\"linux\") }}");
    }

    @Test
    void aDigestOfFilesStaysOutOfConditionsTextsAndWhatIsNotKnown() {
        var errors =
                Pipelines.planErrors(
                        """
                        name: out
                        jobs:
                          build: {steps: [{name: make, run: make}]}
                          deploy:
                            needs: build
                            caches: [{key: "$TOKEN-{{ hashFiles('a') }}", paths: x}]
                            environment: {TOKEN: {secret: TOKEN}}
                            steps:
                              - name: ${HASH}
                                run: make
                                if: env.HASH != ""
                                environment: {HASH: "${{ hashFiles('a') }}"}
                              - name: other
                                run: make
                                environment:
                                  A: ${{ hashFiles(job.build.status) }}
                                  B: ${{ hashFiles(secrets.X) }}
                        """,
                        Events.push("main"));

        var fix =
                "; it can stand in variables and in inputs of actions: write \"$NAME\" of such a"
                        + " variable in commands";
        assertThat(errors)
                .containsExactly(
                        "ci.yml:6:21: 'secrets.TOKEN' has no value before the job starts" + fix,
                        "ci.yml:9:15: 'hashFiles(\"a\")' has no value before the job starts" + fix,
                        "ci.yml:11:13: 'env.HASH != \"\"' asks for the digest of files; decide it in"
                                + " a command",
                        "ci.yml:16:18: which files 'hashFiles(job.build.status)' means is not known"
                                + " when the run is planned; write the globs out",
                        "ci.yml:17:18: which files 'hashFiles(secrets.X)' means is not known when"
                                + " the run is planned; write the globs out");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ${{ secrets.KEY + "x" }}             | 10:15: a secret can stand in a value only as a whole, or it could not be hidden; write ${{ secrets.NAME }} alone, with text around it if need be
                    ${{ split(secrets.KEY, ",")[0] }}    | 10:15: a secret can stand in a value only as a whole, or it could not be hidden; write ${{ secrets.NAME }} alone, with text around it if need be
                    ${{ contains(env.OTHER, "k") }}      | 10:15: a secret can stand in a value only as a whole, or it could not be hidden; write ${{ secrets.NAME }} alone, with text around it if need be
                    ${{ format(secrets.KEY, 1) }}        | 10:15: a secret can stand in a value only as a whole, or it could not be hidden; write ${{ secrets.NAME }} alone, with text around it if need be
                    ${{ format("{0}", -env.OTHER) }}     | 10:15: a secret can stand in a value only as a whole, or it could not be hidden; write ${{ secrets.NAME }} alone, with text around it if need be
                    ${{ !env.OTHER }}                    | 10:15: a secret can stand in a value only as a whole, or it could not be hidden; write ${{ secrets.NAME }} alone, with text around it if need be
                    ${OTHER:-x}                          | 10:16: variable 'OTHER' has no value before the job starts; write ${OTHER}, or decide it in a command
                    ${OTHER:+x}                          | 10:16: variable 'OTHER' has no value before the job starts; write ${OTHER}, or decide it in a command
                    ${OTHER/x/y}                         | 10:16: variable 'OTHER' has no value before the job starts; write ${OTHER}, or decide it in a command
                    x ${OTHER//x/y}                      | 10:18: variable 'OTHER' has no value before the job starts; write ${OTHER}, or decide it in a command
                    ${{ job.build.status == env.NONE }}  | 10:40: 'env.NONE' has no value when the run is planned; variables here are 'KNOWN', 'OTHER', 'SECRET'
                    """)
    void whatCannotBeHadOrHiddenIsRefused(String written, String message) {
        assertThat(Pipelines.planErrors(FILE.formatted(written), Events.push("main")))
                .singleElement()
                .asString()
                .isEqualTo("ci.yml:" + message);
    }

    @Test
    void aVariableThatHoldsASecretStaysOutOfTextsAndConditions() {
        var errors =
                Pipelines.planErrors(
                        """
                        name: out
                        jobs:
                          build:
                            if: env.TOKEN != "x" && success()
                            image: app:$TOKEN
                            environment: {TOKEN: {secret: TOKEN}}
                            artifacts: {jar: "x/${TOKEN}.jar"}
                            steps:
                              - name: make ${{ env.TOKEN }}
                                run: make
                                if: startsWith(env.TOKEN, "a")
                        """,
                        Events.push("main"));

        var fix =
                "; it can stand in variables and in inputs of actions: write \"$NAME\" of such a"
                        + " variable in commands";
        assertThat(errors)
                .containsExactly(
                        "ci.yml:4:9: 'env.TOKEN != \"x\" && success()' asks for a secret; decide it"
                                + " in a command, where the secret is a variable",
                        "ci.yml:5:16: 'secrets.TOKEN' has no value before the job starts" + fix,
                        "ci.yml:7:25: 'secrets.TOKEN' has no value before the job starts" + fix,
                        "ci.yml:9:20: 'secrets.TOKEN' has no value before the job starts" + fix,
                        "ci.yml:11:13: 'startsWith(env.TOKEN, \"a\")' asks for a secret; decide it"
                                + " in a command, where the secret is a variable");
    }

    @Test
    void moreOpenValuesThanATextTakesAreRefused() {
        assertThat(deploy("$OTHER ".repeat(49).strip()).later().get("RESULT"))
                .contains("{48}")
                .doesNotContain("{49}");
        assertThat(Pipelines.planErrors(FILE.formatted("$OTHER ".repeat(50)), Events.push("main")))
                .singleElement()
                .asString()
                .contains(
                        "more than 49 values of the text are known only when the job starts; divide"
                                + " it into several variables");
    }

    @Test
    void anOpenValueThatCannotBeReadLaterIsRefusedNow() {
        var nested = new StringBuilder("name: deep\njobs:\n  build:\n    environment:\n");
        nested.append("      V0: {secret: KEY}\n");
        for (int i = 1; i < 10; i++) {
            nested.append("      V%d: x$V%d\n".formatted(i, i - 1));
        }
        nested.append("    steps:\n      - name: make\n        run: make\n        environment:\n");
        for (int i = 10; i < 12; i++) {
            nested.append("          V%d: x$V%d\n".formatted(i, i - 1));
        }

        assertThat(Pipelines.planErrors(nested.toString(), Events.push("main")))
                .isNotEmpty()
                .allSatisfy(
                        error -> assertThat(error).contains("nested deeper than 10; nest less"));
    }

    @Test
    void plansThatDifferInWhatIsOpenHaveOtherHashes() {
        var one = Pipelines.plan(FILE.formatted("${secrets.A}")).hash();

        assertThat(Pipelines.plan(FILE.formatted("${secrets.A}")).hash()).isEqualTo(one);
        assertThat(Pipelines.plan(FILE.formatted("${secrets.B}")).hash()).isNotEqualTo(one);
        assertThat(Pipelines.plan(FILE.formatted("secrets.A")).hash()).isNotEqualTo(one);
    }

    @Test
    void aJobsConditionDecidesItselfWhereItAsksForAStatus() {
        var condition = condition("job.build.status == \"failed\"");

        assertThat(condition.verdict()).isEqualTo(Verdict.DEFERRED);
        assertThat(condition.open()).isEqualTo("job.build.status == \"failed\"");
        var decided = Conditions.ofJob(condition, facts(true, RESULTS));
        assertThat(decided.verdict()).isEqualTo(Verdict.RUNS);
        assertThat(decided.explanation())
                .isEqualTo("job.build.status == \"failed\" with job.build.status = \"failed\"");
        assertThat(Conditions.ofJob(condition, facts(false, JobResults.NONE)).verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void aConditionThatAsksForArtifactsOnlyHoldsOnlyIfNothingFailed() {
        var condition = condition("job.build.artifacts.count > 1");

        assertThat(Conditions.ofJob(condition, facts(false, RESULTS)).verdict())
                .isEqualTo(Verdict.RUNS);
        assertThat(Conditions.ofJob(condition, facts(true, RESULTS)).explanation())
                .isEqualTo("job.build.artifacts.count > 1; something before it failed");
    }

    @Test
    void aStatusThatIsAskedForThroughAVariableCountsToo() {
        var condition =
                Pipelines.plan(
                                """
                                name: through
                                jobs:
                                  build: {steps: [{name: make, run: make}]}
                                  tell:
                                    needs: build
                                    if: env.BUILD == "failed"
                                    environment: {BUILD: "${job.build.status}"}
                                    steps: [{name: make, run: make}]
                                """)
                        .job("tell")
                        .orElseThrow()
                        .condition();

        assertThat(condition.open()).isEqualTo("job.build.status == \"failed\"");
        assertThat(Conditions.ofJob(condition, facts(true, RESULTS)).verdict())
                .isEqualTo(Verdict.RUNS);
    }

    @Test
    void aStatusDoesNotCarryAStepPastAnEarlierOneThatFailed() {
        var condition = condition("job.build.status == \"failed\"");

        assertThat(Conditions.ofStep(condition, facts(false, RESULTS)).verdict())
                .isEqualTo(Verdict.RUNS);
        assertThat(Conditions.ofStep(condition, facts(true, RESULTS)).explanation())
                .isEqualTo("job.build.status == \"failed\"; something before it failed");
    }

    private static Plan.Condition condition(String written) {
        return Pipelines.plan(
                        """
                        name: conditions
                        jobs:
                          build: {artifacts: {bin: x}, steps: [{name: make, run: make}]}
                          tell:
                            needs: build
                            if: %s
                            steps: [{name: make, run: make}]
                        """
                                .formatted(written))
                .job("tell")
                .orElseThrow()
                .condition();
    }

    private static Conditions.Facts facts(boolean failed, JobResults results) {
        return new Conditions.Facts(failed, false, Events.push("main"), Map.of(), results);
    }

    @Test
    void resultsOfJobsThatAreWaitedForThroughOthersOrStagesAreAllowed() {
        assertThat(
                        Pipelines.errors(
                                """
                                name: through
                                stages: [first, middle, last]
                                jobs:
                                  build: {stage: first, steps: [{name: make, run: make}]}
                                  test:
                                    stage: first
                                    matrix: {java: ["21", "1.8"]}
                                    artifacts: {report: x}
                                    steps: [{name: make, run: make}]
                                  check: {stage: middle, steps: [{name: make, run: make}]}
                                  tell:
                                    stage: last
                                    environment:
                                      ALL: ${job.test.status} ${job.build.status}
                                      ONE: ${job.test-1.8.status} ${job.test-1.8.artifacts.report}
                                    steps: [{name: make, run: make, if: job.test.artifacts.count > 1}]
                                """))
                .isEmpty();
        assertThat(
                        Pipelines.errors(
                                """
                                name: through
                                jobs:
                                  build: {steps: [{name: make, run: make}]}
                                  test: {needs: build, steps: [{name: make, run: make}]}
                                  deploy:
                                    needs: test
                                    if: job.build.status == "succeeded"
                                    steps: [{name: make, run: make}]
                                """))
                .isEmpty();
    }

    @Test
    void anExplanationNamesTheSecretAndNeverItsValue() {
        var text = FILE.formatted("build ${job.build.status} $OTHER");
        var pipeline = Pipelines.parse(text);
        var event = Events.push("main");
        var explanation =
                new Explainer(pipeline, event, Pipelines.plan(text, event))
                        .explain("deploy")
                        .orElseThrow();

        assertThat(explanation.variables())
                .extracting(each -> each.name() + ": " + each.value() + " from " + each.origin())
                .containsExactly(
                        "KNOWN: yes from pipeline, ci.yml:2",
                        "OTHER: secret KEY from job, ci.yml:11",
                        "RESULT: format(\"build {0} {1}\", job.build.status, secrets.KEY) from job,"
                                + " ci.yml:10",
                        "SECRET: secret GLOBAL from pipeline, ci.yml:2");
        assertThat(LateValues.shown("format(\"{0}\", secrets.KEY)"))
                .isEqualTo("format(\"{0}\", secrets.KEY)");
        assertThat(LateValues.shown("job.build.status")).isEqualTo("job.build.status");
    }

    @Test
    void anExplanationFollowsWhatAFailureWouldDecide() {
        var pipeline =
                """
                name: follows
                jobs:
                  build: {steps: [{name: make, run: make}]}
                  other: {steps: [{name: make, run: make}]}
                  alarm:
                    needs: [build, other]
                    if: job.build.status == "failed"
                    steps: [{name: make, run: make}]
                """;
        var event = Events.push("main");
        var explainer =
                new Explainer(Pipelines.parse(pipeline), event, Pipelines.plan(pipeline, event));

        assertThat(explainer.explain("build").orElseThrow().failure().runs())
                .containsExactly("alarm");
        assertThat(explainer.explain("other").orElseThrow().failure().runs()).isEmpty();
        assertThat(explainer.explain("other").orElseThrow().failure().cancelled())
                .containsExactly("alarm");
    }
}
