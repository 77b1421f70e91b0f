package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final Path FILE = Path.of("../../docs/examples/demo/.headrace.yml");

    private static Plan plan(PlanEvent event) throws IOException {
        var parsed = new PipelineParser().parse(".headrace.yml", Files.readString(FILE));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.pipeline()).isNotNull();
        var planned = new Planner().plan(parsed.pipeline(), event);
        assertThat(planned.problems()).isEmpty();
        assertThat(planned.plan()).isNotNull();
        return planned.plan();
    }

    @Test
    void theDemoHasElevenJobsInFourLevels() throws IOException {
        var plan = plan(Events.manual("main"));

        assertThat(plan.levels())
                .containsExactly(
                        List.of("style", "compile"),
                        List.of(
                                "test-examples-en",
                                "test-examples-tr",
                                "test-properties-en",
                                "test-properties-tr",
                                "table"),
                        List.of("package"),
                        List.of("smoke", "badge", "publish"));
    }

    @Test
    void theDemoPublishesTagsOnlyAndSaysWhy() throws IOException {
        var manual = plan(Events.manual("main")).job("publish").orElseThrow().condition();
        var tag = plan(Events.tag("v1.0")).job("publish").orElseThrow().condition();

        assertThat(manual.verdict()).isEqualTo(Plan.Condition.Verdict.SKIPPED);
        assertThat(manual.explanation())
                .isEqualTo("event == \"tag\" && startsWith(tag, \"v\") with event = \"manual\"");
        assertThat(tag.verdict()).isEqualTo(Plan.Condition.Verdict.RUNS);
    }

    @Test
    void theDemoPassesArtifactsFromJobToJob() throws IOException {
        var plan = plan(Events.manual("main"));

        assertThat(plan.job("package").orElseThrow().artifactNeeds())
                .containsExactly(
                        new Plan.ArtifactNeed(List.of("compile"), "classes", ""),
                        new Plan.ArtifactNeed(List.of("table"), "table", ""));
        assertThat(plan.job("smoke").orElseThrow().environment())
                .containsAllEntriesOf(Map.of("YEAR", "2026", "EXPECTED", "MMXXVI"));
    }
}
