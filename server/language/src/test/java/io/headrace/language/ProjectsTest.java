package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.Plan.Condition.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProjectsTest {

    private static final String MONOREPO =
            """
            name: monorepo
            phases:
              - group: 2
                phases: [build]
              - group: 1
                phases:
                  validate: [{name: lint, run: ./lint}]
                  test:
            projects:
              - name: lib
                path: libs/common
                phases: {test: [{name: test, run: make test}]}
              - name: api
                path: services/api
                depends_on: [lib]
                paths: ["proto/**"]
                artifacts: [services/api/build/*.jar]
                phases:
                  validate:
                  test:
                    image: maven:3
                    steps: [{name: test, run: mvn test, working_directory: .}]
                  build: [{name: build, run: make}]
              - name: web
                path: web
                phases: {build: [{name: build, run: npm run build}]}
            """;

    @Test
    void aProjectHasAJobForEachOfItsPhases() {
        var plan = Pipelines.plan(MONOREPO);

        assertThat(plan.jobs())
                .extracting(Plan.Job::id)
                .containsExactly("lib-test", "api-validate", "api-test", "api-build", "web-build");
        var build = plan.job("api-build").orElseThrow();
        assertThat(build.terms().project()).isEqualTo("api");
        assertThat(build.terms().phase()).isEqualTo("build");
        assertThat(build.environment())
                .containsEntry("HEADRACE_SUBPROJECT", "api")
                .containsEntry("HEADRACE_SUBPROJECT_PATH", "services/api")
                .doesNotContainKey("HEADRACE_PROJECT");
    }

    @Test
    void groupsRunOneAfterAnotherAndPhasesOfAGroupTogether() {
        var plan = Pipelines.plan(MONOREPO);

        assertThat(plan.levels())
                .containsExactly(
                        List.of("lib-test", "api-validate", "api-test"),
                        List.of("api-build", "web-build"));
        assertThat(plan.job("web-build").orElseThrow().stage()).isEqualTo("build");
        assertThat(plan.job("api-test").orElseThrow().stage()).isEqualTo("validate + test");
    }

    @Test
    void stepsRunInTheFolderOfTheirProjectUnlessTheySayOtherwise() {
        var plan = Pipelines.plan(MONOREPO);

        assertThat(plan.job("web-build").orElseThrow().steps().getFirst().workingDirectory())
                .isEqualTo("web");
        assertThat(plan.job("api-test").orElseThrow().steps().getFirst().workingDirectory())
                .isEqualTo(".");
    }

    @Test
    void artifactsOfAProjectAreKeptByItsJobOfTheLastPhase() {
        var plan = Pipelines.plan(MONOREPO);

        assertThat(plan.job("api-build").orElseThrow().artifacts())
                .extracting(Plan.Artifact::name)
                .containsExactly("api");
        assertThat(plan.job("api-test").orElseThrow().artifacts()).isEmpty();
    }

    @Test
    void aPipelineOfPhasesFailsFastUnlessItSaysOtherwise() {
        assertThat(Pipelines.plan(MONOREPO).failFast()).isTrue();
        assertThat(Pipelines.plan("fail_fast: false\n" + MONOREPO).failFast()).isFalse();
    }

    @Test
    void onlyAffectedProjectsRunAndTheOthersAreSkippedWithTheReason() {
        var plan = Pipelines.plan(MONOREPO, Events.change("web/index.html"));

        assertThat(running(plan)).containsExactly("web-build");
        assertThat(plan.job("api-build").orElseThrow().condition().explanation())
                .isEqualTo("nothing changed in project 'api' (services/api)");
    }

    @Test
    void aChangedProjectAffectsThoseThatDependOnIt() {
        assertThat(running(Pipelines.plan(MONOREPO, Events.change("libs/common/a.c"))))
                .containsExactly("lib-test", "api-validate", "api-test", "api-build");
        assertThat(running(Pipelines.plan(MONOREPO, Events.change("proto/v1/a.proto"))))
                .containsExactly("api-validate", "api-test", "api-build");
        assertThat(running(Pipelines.plan(MONOREPO, Events.change("webx/a", "README.md"))))
                .isEmpty();
    }

    @Test
    void aChangeOfThePipelineFileAffectsEverything() {
        assertThat(running(Pipelines.plan(MONOREPO, Events.change("ci.yml")))).hasSize(5);
    }

    @Test
    void whereNobodyKnowsWhatChangedEverythingRuns() {
        assertThat(running(Pipelines.plan(MONOREPO, Events.push("main")))).hasSize(5);
    }

    @Test
    void aRunWhosePathsDidNotChangeStillHasItsJobsSkippedSoThatItsCheckPasses() {
        var text =
                """
                name: paths
                on: {push: {branches: main, paths: ["src/**", "!src/docs/**"]}}
                jobs: {build: {steps: [{name: make, run: make}]}}
                """;

        assertThat(Triggers.matches(Pipelines.parse(text), Events.change("README.md"))).isTrue();
        assertThat(running(Pipelines.plan(text, Events.change("src/a.c")))).hasSize(1);
        assertThat(running(Pipelines.plan(text, Events.change("src/docs/a.md")))).isEmpty();
        assertThat(
                        Pipelines.plan(text, Events.change("README.md"))
                                .jobs()
                                .getFirst()
                                .condition()
                                .explanation())
                .isEqualTo("no changed file matches src/**, !src/docs/**");
    }

    @Test
    void aJobMayStandInAPhase() {
        var plan =
                Pipelines.plan(
                        """
                        name: mixed
                        phases: [{group: 1, phases: [test, lint]}, deploy]
                        projects: [{name: web, path: web, phases: {test: [{name: a, run: b}]}}]
                        jobs:
                          tell: {stage: deploy, steps: [{name: a, run: b}]}
                          other: {stage: lint, steps: [{name: a, run: b}]}
                        """);

        assertThat(plan.job("tell").orElseThrow().needs()).containsExactly("other", "web-test");
    }

    @Test
    void aHundredProjectsAreTheLimit() {
        assertThat(Pipelines.errors(projects(100))).isEmpty();
        assertThat(Pipelines.errors(projects(101)))
                .containsExactly(
                        "ci.yml:3:1: there are 101 projects, and the limit is 100; put several of"
                                + " them into one");
    }

    private static String projects(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  - {name: p%1$d, path: p%1$d, phases: [test]}\n".formatted(i))
                .collect(
                        Collectors.joining(
                                "",
                                "name: many\nphases: [{phases: {test: [{name: a, run: b}]}}]\nprojects:\n",
                                ""));
    }

    @Test
    void mistakesInProjectsAreToldTogether() {
        var text =
                """
                name: wrong
                stages: [build]
                phases: [test, test]
                projects:
                  - {name: api, path: ../api, phases: [tset]}
                  - {name: api, path: api, phases: [test], depends_on: lib}
                  - {name: 1st, path: x, phases: []}
                """;

        assertThat(Pipelines.errors(text))
                .containsExactly(
                        "ci.yml:3:1: 'phases' and 'stages' both say what runs after what; keep one"
                                + " of the two",
                        "ci.yml:3:16: phase 'test' is listed twice; keep one of the two",
                        "ci.yml:5:23: 'path' must be a path, but it is '../api'; write a path in the"
                                + " repository, with '/' and without '..'",
                        "ci.yml:5:40: there is no phase 'tset'; did you mean 'test'?",
                        "ci.yml:6:12: two projects are called 'api'; rename one of them",
                        "ci.yml:6:12: there is no project 'lib'; projects are '1st', 'api'",
                        "ci.yml:6:37: nobody says what project 'api' does in phase 'test'; write its"
                                + " steps after the colon of 'test:'",
                        "ci.yml:7:12: 'name' must be the name of a job, but it is '1st'; use up to"
                                + " 50 letters, digits, '_' and '-', and a letter at the beginning");
    }

    private static List<String> running(Plan plan) {
        return plan.jobs().stream()
                .filter(job -> job.condition().verdict() != Verdict.SKIPPED)
                .map(Plan.Job::id)
                .toList();
    }
}
