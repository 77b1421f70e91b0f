package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Projects that the first job of a run finds (PLAN-023 to PLAN-028, LANG-070). */
class DiscoveryTest {

    private static final String FILE =
            """
            name: monorepo
            generate: cue export --out yaml > "$HEADRACE_PIPELINE"
            phases: [{group: 1, phases: {test: [{name: test, run: make test}]}}, build]
            """;

    private static final String OUTPUT =
            """
            projects:
              - {name: api, path: services/api, phases: {test: , build: [{name: build, run: make}]}}
              - {name: web, path: web, depends_on: api, phases: [test]}
            """;

    private static PipelineParser.Result parse(String text, String output) {
        return new PipelineParser().parse("ci.yml", text, Pipelines.SMALL_FILES, output);
    }

    private static Plan plan(String output, PlanEvent event) {
        var parsed = parse(FILE, output);
        var pipeline = parsed.pipeline();
        assertThat(pipeline).as("%s", parsed.problems()).isNotNull();
        var planned = new Planner().plan(pipeline, event);
        assertThat(planned.plan()).as("%s", planned.problems()).isNotNull();
        return planned.plan();
    }

    @Test
    void projectsThatTheFirstJobFindsGetTheirPhases() {
        assertThat(Pipelines.plan(FILE).levels()).containsExactly(List.of("generate"));
        assertThat(plan(OUTPUT, Events.push("main")).levels())
                .containsExactly(
                        List.of("generate"), List.of("api-test", "web-test"), List.of("api-build"));
    }

    @Test
    void projectsThatNothingChangedInAreSkipped() {
        var plan = plan(OUTPUT, Events.change("web/index.html"));

        assertThat(plan.jobs())
                .filteredOn(job -> job.condition().verdict() == Plan.Condition.Verdict.SKIPPED)
                .extracting(Plan.Job::id)
                .containsExactlyInAnyOrder("api-test", "api-build");
    }

    @Test
    void moreProjectsThanAHundredAreNotTaken() {
        assertThat(Pipelines.errors(parse(FILE, projects(100)).problems())).isEmpty();
        assertThat(Pipelines.errors(parse(FILE, projects(101)).problems()))
                .containsExactly(
                        "generate:output.yml:1:1: there are 101 projects, and the limit is 100; put"
                                + " several of them into one");
    }

    private static String projects(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  - {name: p%1$d, path: p%1$d, phases: [test]}\n".formatted(i))
                .collect(Collectors.joining("", "projects:\n", ""));
    }

    @Test
    void aReleaseMayNameAJobThatIsFoundLater() {
        var text =
                FILE
                        + "release: {version: '1', artifacts: {app: {job: api-build}, ui: {job: web}}}\n";

        assertThat(Pipelines.errors(parse(text, OUTPUT).problems()))
                .containsExactly(
                        "ci.yml:4:70: there is no job 'web'; jobs are 'api-build', 'api-test',"
                                + " 'generate', 'web-test'");
        assertThat(Pipelines.errors(text)).as("before the first job has run").isEmpty();
    }
}
