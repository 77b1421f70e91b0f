package io.headrace.language;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.headrace.language.explain.Explainer;
import io.headrace.language.explain.Explanation;
import io.headrace.language.explain.PlanOutline;
import io.headrace.language.expression.Undefined;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerateTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static final String FILE =
            """
            name: shop
            generate: ./generate > "$HEADRACE_PIPELINE"
            env: {LEVEL: high}
            """;

    private static PipelineParser.Result parse(String text, String output) {
        return new PipelineParser().parse("ci.yml", text, Pipelines.SMALL_FILES, output);
    }

    private static Plan plan(String text, String output) {
        var parsed = parse(text, output);
        assertThat(parsed.pipeline()).as("%s", parsed.problems()).isNotNull();
        var planned = new Planner().plan(parsed.pipeline(), Events.push("main"));
        assertThat(planned.plan()).as("%s", planned.problems()).isNotNull();
        return planned.plan();
    }

    private static List<String> errors(String text, String output) {
        return Pipelines.errors(parse(text, output).problems());
    }

    @Test
    void aPipelineBeginsWithTheJobThatGeneratesTheRestAndNothingElseIsKnownYet() {
        var plan =
                Pipelines.plan(
                        FILE
                                + "stages: [late]\njobs: {deploy: {stage: late, needs: unknown, %s}}"
                                        .formatted(STEPS));

        assertThat(plan.levels()).containsExactly(List.of("generate"));
        var generate = plan.jobs().getFirst();
        assertThat(generate.steps())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.name()).isEqualTo("generate");
                    assertThat(step.commands())
                            .containsExactly("./generate > \"$HEADRACE_PIPELINE\"");
                });
        assertThat(generate.timeLimit()).hasMinutes(5);
        assertThat(generate.environment()).containsEntry("LEVEL", "high");
        assertThat(plan.terms().generation())
                .isEqualTo(new PlanTerms.Generation("generate", "ci.yml", true));
        assertThat(plan.terms().isOpen()).isTrue();
        assertThat(plan.terms().blockers()).isEmpty();
    }

    @Test
    void theGeneratingJobSaysWhereItRunsAsOtherJobsDo() {
        var plan =
                Pipelines.plan(
                        """
                        name: shop
                        matrix: {java: [21, 25]}
                        executor: ssh
                        generate:
                          run: [./a, ./b]
                          image: python:3.13
                          pool: big
                          labels: [ssd]
                          env: {LEVEL: low}
                          secrets: [TOKEN]
                          timeout: 60
                          retry_count: 2
                          checkout: false
                          resources: {cpu: 2}
                          network: none
                        """);

        assertThat(plan.jobs())
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.steps().getFirst().commands()).containsExactly("./a", "./b");
                    assertThat(job.image()).isEqualTo("python:3.13");
                    assertThat(job.executor()).isEqualTo("ssh");
                    assertThat(job.pool()).isEqualTo("big");
                    assertThat(job.labels()).containsExactly("ssd");
                    assertThat(job.environment()).isEqualTo(Map.of("LEVEL", "low"));
                    assertThat(job.secrets()).containsExactly("TOKEN");
                    assertThat(job.timeLimit()).hasSeconds(60);
                    assertThat(job.retries()).isEqualTo(2);
                    assertThat(job.checkout()).isFalse();
                    assertThat(job.resources().cpus()).isEqualTo(2);
                    assertThat(job.resources().network()).isFalse();
                    assertThat(job.matrix()).isEmpty();
                });
    }

    @Test
    void theGeneratingJobTakesNoLongerThanTheServerAllowsAnyJob() {
        var limits =
                new Limits(
                        Duration.ofDays(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(1),
                        50,
                        256,
                        256,
                        1L << 40,
                        false,
                        Undefined.ERROR);

        var parsed = new PipelineParser(limits).parse("ci.yml", FILE).pipeline();

        assertThat(parsed).isNotNull();
        assertThat(parsed.generator()).isNotNull();
        assertThat(parsed.generator().job().timeLimit()).hasMinutes(2);
    }

    @Test
    void whatIsGeneratedJoinsTheFileAndWaitsForTheJobThatMadeIt() {
        var plan =
                plan(
                        FILE + "jobs: {deploy: {needs: [test, generate], %s}}".formatted(STEPS),
                        """
                        name: other
                        stages: [only]
                        env: {MORE: "1"}
                        timeout: 60
                        jobs:
                          build: {stage: only, %1$s}
                          test: {needs: build, %1$s}
                        """
                                .formatted(STEPS));

        assertThat(plan.name()).isEqualTo("shop");
        assertThat(plan.timeLimit()).hasSeconds(60);
        assertThat(plan.levels())
                .containsExactly(
                        List.of("generate"), List.of("build"), List.of("test"), List.of("deploy"));
        assertThat(plan.job("build").orElseThrow().needs()).containsExactly("generate");
        assertThat(plan.job("test").orElseThrow().needs()).containsExactly("build");
        assertThat(plan.job("build").orElseThrow().environment())
                .isEqualTo(Map.of("LEVEL", "high", "MORE", "1"));
        assertThat(plan.terms().generation())
                .isEqualTo(new PlanTerms.Generation("generate", "ci.yml", false));
        assertThat(plan.terms().isOpen()).isFalse();
        assertThat(plan.jobs().getFirst())
                .isEqualTo(plan(FILE, "env: {MORE: '1'}\njobs: {}").jobs().getFirst());
    }

    @Test
    void thePlanBeforeAndAfterHaveDifferentHashes() {
        var before = Pipelines.plan(FILE);
        var after = plan(FILE, "jobs: {}");

        assertThat(after.jobs()).isEqualTo(before.jobs());
        assertThat(after.hash()).isNotEqualTo(before.hash());
        assertThat(plan(FILE, "jobs: {}").hash()).isEqualTo(after.hash());
    }

    @Test
    void jobsThatRunOneByOneComeAfterTheOneThatMadeThem() {
        var plan =
                plan(
                        FILE + "mode: serial\n",
                        "jobs:\n  one: {%1$s}\n  two: {%1$s}".formatted(STEPS));

        assertThat(plan.levels())
                .containsExactly(List.of("generate"), List.of("one"), List.of("two"));
    }

    @Test
    void theOutputMayIncludeFilesAndHoldDocuments() {
        var parsed =
                new PipelineParser()
                        .parse(
                                "ci.yml",
                                FILE,
                                (repository, path) ->
                                        repository != null
                                                ? Includes.Included.refused("no")
                                                : Includes.Included.of(
                                                        "jobs: {lint: {%s}}".formatted(STEPS)),
                                """
                                include: lint.yml
                                ---
                                jobs: {build: {needs: lint, %s}}
                                """
                                        .formatted(STEPS));

        assertThat(parsed.pipeline()).as("%s", parsed.problems()).isNotNull();
        assertThat(parsed.pipeline().jobs())
                .extracting(JobDefinition::key)
                .containsExactly("build", "lint");
    }

    @Test
    void whatIsWrongWithTheOutputNamesItsLineAndColumn() {
        assertThat(
                        errors(
                                FILE + "jobs: {build: {%s}}".formatted(STEPS),
                                """
                                jobs:
                                  build: {%1$s}
                                  test: {imag: x, needs: buidl, %1$s}
                                generate: more
                                on: push
                                parameters: {NAME: {}}
                                """
                                        .formatted(STEPS)))
                .containsExactly(
                        "generate:output.yml:2:3: 'build' is given twice; it is already on line 4"
                                + " of ci.yml; keep one of the two",
                        "generate:output.yml:3:10: unknown key 'imag'; did you mean 'image'?",
                        "generate:output.yml:3:26: there is no job 'buidl'; did you mean 'build'?",
                        "generate:output.yml:4:1: the output of 'generate' can't have the key"
                                + " 'generate'; write the jobs themselves: what is generated can't"
                                + " generate more",
                        "generate:output.yml:5:1: the output of 'generate' can't have the key 'on';"
                                + " put it into the pipeline file: it is read before a run starts",
                        "generate:output.yml:6:1: the output of 'generate' can't have the key"
                                + " 'parameters'; put it into the pipeline file: values are given"
                                + " when a run starts");
        assertThat(errors(FILE, "jobs:\n\tx: 1"))
                .containsExactly(
                        "generate:output.yml:2:1: a tab can't indent YAML; replace it by spaces");
    }

    @Test
    void anOutputWithNothingInItSaysWhatToDo() {
        var sentence =
                "generate:output.yml:1:1: 'generate' wrote no pipeline; write it to the file that"
                        + " HEADRACE_PIPELINE names, such as ./generate > \"$HEADRACE_PIPELINE\";"
                        + " 'jobs: {}' means that there is nothing to do";

        assertThat(errors(FILE, "")).containsExactly(sentence);
        assertThat(errors(FILE, " \n")).containsExactly(sentence);
        assertThat(errors(FILE, "# nothing\n"))
                .containsExactly(
                        "generate:output.yml:1:1: the file is empty; write a pipeline with 'name'"
                                + " and 'jobs'");
        assertThat(errors(FILE, "just words"))
                .containsExactly(
                        "generate:output.yml:1:1: the file must be a map, but it is text; begin with"
                                + " the lines 'name: …' and 'jobs:'");
        assertThat(errors(FILE, "env: {A: b}"))
                .containsExactly(
                        "generate:output.yml:1:1: 'jobs' is missing; add it; 'jobs: {}' means that there"
                                + " is nothing to do");
    }

    @Test
    void anOutputOfNoJobsIsAllRight() {
        assertThat(plan(FILE, "jobs: {}").levels()).containsExactly(List.of("generate"));
        assertThat(plan(FILE + "jobs: {test: {%s}}".formatted(STEPS), "jobs: {}").levels())
                .containsExactly(List.of("generate"), List.of("test"));
        assertThat(errors(FILE + "jobs: {test: {%s}}".formatted(STEPS), "x-none: 1")).isEmpty();
    }

    @Test
    void anOutputOfMoreThanAMebibyteIsRefused() {
        var line = "# 3456789012345\n";
        var most = "jobs: {}\n" + line.repeat((1 << 20) / line.length() - 1) + "# 345\n";
        most += " ".repeat((1 << 20) - most.length());

        assertThat(errors(FILE, most)).isEmpty();
        assertThat(errors(FILE, most + " "))
                .containsExactly(
                        "generate:output.yml:1:1: the file is larger than 1 MiB; write fewer or"
                                + " shorter jobs; let them call scripts of the repository");
    }

    @Test
    void aFileWithoutGenerateHasNoUseForAnOutputOfItsOwn() {
        var plan = Pipelines.plan("name: x\njobs: {build: {%s}}".formatted(STEPS));

        assertThat(plan.terms().generation()).isNull();
        assertThat(plan.job("build").orElseThrow().needs()).isEmpty();
    }

    @Test
    void whatIsWrongWithTheKeyIsTold() {
        assertThat(Pipelines.errors("name: x\ngenerate:\n"))
                .containsExactly(
                        "ci.yml:2:1: 'generate' has no value; write a command, or remove the key");
        assertThat(Pipelines.errors("name: x\ngenerate: {image: 'python:3'}\n"))
                .containsExactly("ci.yml:2:1: 'script' is missing; add 'script: command'");
        assertThat(Pipelines.errors("name: x\ngenerate: {run: a, script: b, needs: x}\n"))
                .containsExactly(
                        "ci.yml:2:20: 'script' means the same as 'run' on line 2; keep one of the"
                                + " two",
                        "ci.yml:2:31: unknown key 'needs'; the keys here are 'checkout',"
                                + " 'environment', 'executor', 'image', 'labels', 'network',"
                                + " 'pool', 'resources', 'retry_count', 'runs-on', 'script',"
                                + " 'secrets', 1 more");
        assertThat(Pipelines.errors(FILE + "jobs: {generate: {%s}}".formatted(STEPS)))
                .containsExactly(
                        "ci.yml:4:8: a job can't be called 'generate' beside the key 'generate',"
                                + " which makes a job of that name; choose another name");
        assertThat(Pipelines.errors("name: x\njobs: {generate: {%s}}".formatted(STEPS))).isEmpty();
    }

    @Test
    void parametersAreCheckedBeforeAnythingRuns() {
        assertThat(
                        Pipelines.planErrors(
                                FILE + "parameters: {NAME: {required: true}}", Events.push("main")))
                .containsExactly(
                        "ci.yml:4:14: parameter 'NAME' is required and not given; start the run with"
                                + " a value, or declare a default");
    }

    @Test
    void whatTheFileNamesMustBeThereWhenTheRestIs() {
        var file = FILE + "jobs: {deploy: {stage: late, needs: [unknown], %s}}".formatted(STEPS);

        assertThat(Pipelines.errors(file)).isEmpty();
        assertThat(errors(file, "jobs: {}"))
                .containsExactly(
                        "ci.yml:4:24: there is no stage 'late'; list it under 'stages' at the top of"
                                + " the file",
                        "ci.yml:4:38: there is no job 'unknown'; jobs are 'generate'");
        assertThat(
                        errors(
                                file,
                                "stages: [late]\njobs: {unknown: {stage: late, %s}}"
                                        .formatted(STEPS)))
                .isEmpty();
    }

    @Test
    void artifactsOfTheFileMayComeFromGeneratedJobs() {
        var file =
                FILE
                        + "jobs: {deploy: {needs: [pack], artifact_dependencies: [jar], %s}}"
                                .formatted(STEPS);

        assertThat(Pipelines.errors(file)).isEmpty();
        assertThat(errors(file, "jobs: {pack: {artifacts: {jar: x}, %s}}".formatted(STEPS)))
                .isEmpty();
        assertThat(errors(file, "jobs: {pack: {%s}}".formatted(STEPS)))
                .singleElement(as(STRING))
                .contains("no job that 'deploy' waits for keeps an artifact 'jar'");
    }

    @Test
    void jobsOfTheFileThatWaitForEachOtherAreToldAtOnce() {
        assertThat(
                        Pipelines.errors(
                                FILE
                                        + "jobs: {one: {needs: two, %1$s}, two: {needs: one, %1$s}}"
                                                .formatted(STEPS)))
                .singleElement(as(STRING))
                .contains("jobs wait for each other");
    }

    @Test
    void anExplanationSaysWhatIsKnownAndWhatComesLater() {
        var file = FILE + "jobs: {deploy: {%s}}".formatted(STEPS);
        var before = Pipelines.parse(file);
        var event = Events.push("main");
        var open = new Explainer(before, event, Pipelines.plan(file));

        assertThat(open.jobs()).containsExactly("generate");
        assertThat(open.explain("deploy")).isEmpty();
        assertThat(open.unknown("deploy"))
                .isEqualTo(
                        "Job 'deploy' is not known yet: all jobs but 'generate' are planned when that"
                                + " one has run");
        assertThat(open.explain("generate"))
                .hasValueSatisfying(
                        job -> assertThat(job.place().line()).as("%s", job).isEqualTo(2));
        var after = parse(file, "jobs: {}").pipeline();
        assertThat(after).isNotNull();
        var whole = new Explainer(after, event, plan(file, "jobs: {}"));
        assertThat(whole.unknown("deplyo"))
                .isEqualTo("The pipeline has no job 'deplyo'; did you mean 'deploy'?");
        assertThat(whole.explain("deploy"))
                .hasValueSatisfying(job ->
                        assertThat(job.needs())
                                .singleElement()
                                .isEqualTo(
                                        new Explanation.Need(
                                                "generate", "generate", "'generate' comes first")));
    }

    @Test
    void anOutlineNamesTheJobThatHasToRunFirst() {
        assertThat(PlanOutline.of(Pipelines.plan(FILE), true).generator()).isEqualTo("generate");
        assertThat(PlanOutline.of(plan(FILE, "jobs: {}"), true).generator()).isNull();
        assertThat(
                        PlanOutline.of(
                                        Pipelines.plan("name: x\njobs: {a: {%s}}".formatted(STEPS)),
                                        true)
                                .generator())
                .isNull();
    }

    @Test
    void nothingIsGeneratedForAChangeThatStartsNothing() {
        var plan =
                Pipelines.plan(
                        FILE + "on: {push: {paths: [src/**]}}", Events.change("docs/readme.md"));

        assertThat(plan.jobs())
                .singleElement()
                .satisfies(job ->
                        assertThat(job.condition().explanation())
                                .isEqualTo("no changed file matches src/**"));
    }

    @Test
    void aKeyStandsInTheFileOrInTheOutput() {
        assertThat(errors(FILE + "timeout: 5\n", "timeout: 6\njobs: {}"))
                .containsExactly(
                        "generate:output.yml:1:1: 'timeout' is given twice; it is already on line 4"
                                + " of ci.yml; keep one of the two");
        assertThat(plan(FILE + "timeout: 5\n", "jobs: {}").timeLimit()).hasSeconds(5);
        assertThat(plan(FILE, "x-own: 1\nfail_fast: true\njobs: {}").failFast()).isTrue();
    }

    @Test
    void theOutputMayExtendAFile() {
        var parsed =
                new PipelineParser()
                        .parse(
                                "ci.yml",
                                FILE,
                                (_, _) ->
                                        Includes.Included.of("jobs: {lint: {%s}}".formatted(STEPS)),
                                "extends: base.yml\njobs: {lint: {pool: big}}");

        assertThat(parsed.pipeline()).as("%s", parsed.problems()).isNotNull();
        assertThat(parsed.pipeline().jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.pool()).isEqualTo("big"));
    }

    @Test
    void projectsMayBeGenerated() {
        var plan =
                plan(
                        FILE,
                        """
                        phases: [{group: 1, phases: [test]}]
                        projects:
                          - {name: api, path: api, phases: {test: [{name: test, run: make}]}}
                        """);

        assertThat(plan.jobs()).hasSize(2);
        assertThat(plan.jobs().getLast().needs()).containsExactly("generate");
    }
}
