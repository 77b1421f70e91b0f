package io.headrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.Includes;
import io.headrace.language.Limits;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PlanEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelinesTest {

    private final List<String> asked = new ArrayList<>();
    private final Pipelines pipelines =
            new Pipelines(
                    Limits.DEFAULT,
                    (pool, labels) -> {
                        asked.add(pool + labels);
                        return pool.equals("default") && List.of("linux").containsAll(labels);
                    });

    @Test
    void aJobThatNoWorkerCanTakeIsWarnedOf() {
        var planned =
                plan(
                        """
                        name: shop
                        jobs:
                          able:
                            labels: [linux]
                            steps: [{name: make, run: make}]
                          gpu:
                            labels: [linux, gpu]
                            steps: [{name: make, run: make}]
                          far:
                            pool: arctic
                            steps: [{name: make, run: make}]
                        """);

        assertThat(planned.plan()).isNotNull();
        assertThat(planned.problems())
                .extracting(PipelineProblem::severity)
                .containsOnly(PipelineProblem.Severity.WARNING);
        assertThat(planned.problems())
                .extracting(problem -> problem.code() + " " + problem)
                .containsExactly(
                        "HR1310 ci.yml:6:3: no worker has the pool 'default' and the labels linux, gpu, so the job would wait; correct them, or start such a worker",
                        "HR1310 ci.yml:9:3: no worker has the pool 'arctic', so the job would wait; correct them, or start such a worker");
    }

    @Test
    void aTextIsParsedOnceWhicheverCommitItIsOf() {
        var text = "name: shop\njobs: {a: {steps: [{name: make, run: make}]}}\n";

        var first = pipelines.parse("ci.yml", text);

        assertThat(pipelines.parse("ci.yml", String.valueOf(text.toCharArray()))).isSameAs(first);
        assertThat(pipelines.parse("other.yml", text)).isNotSameAs(first);
        assertThat(pipelines.parse("ci.yml", text + "# changed\n")).isNotSameAs(first);
    }

    @Test
    void aTextThatIncludesFilesIsParsedAgainSinceTheyMayDiffer() {
        var text = "name: shop\ninclude: base.yml\n";

        var refused = pipelines.parse("ci.yml", text);
        var read =
                pipelines.parse(
                        "ci.yml",
                        text,
                        (_, _) ->
                                Includes.Included.of(
                                        "jobs: {a: {steps: [{name: make, run: make}]}}\n"));

        assertThat(refused.pipeline()).isNull();
        assertThat(read.pipeline()).isNotNull();
    }

    @Test
    void whatWasUsedLongestAgoIsForgottenFirst() {
        var files = new ParsedFiles<String>(10);
        var result = pipelines.parse("ci.yml", "jobs: {}\n");

        files.add("a", result, 4);
        files.add("b", result, 4);
        files.find("a");
        files.add("c", result, 4);
        files.add("too large", result, 11);

        assertThat(files.find("a")).isSameAs(result);
        assertThat(files.find("b")).isNull();
        assertThat(files.find("c")).isSameAs(result);
        assertThat(files.find("too large")).isNull();
    }

    @Test
    void theWorkersAreAskedOnceForEachPlaceHoweverManyJobsThereAre() {
        var planned =
                plan(
                        """
                        name: shop
                        jobs:
                          test:
                            labels: [gpu]
                            matrix:
                              max: 100
                              a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
                              b: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
                            steps: [{name: make, run: make}]
                        """);

        assertThat(planned.plan()).isNotNull();
        assertThat(planned.plan().jobs()).hasSize(100);
        assertThat(asked).containsExactly("default[gpu]");
    }

    @Test
    void problemsOfTheFileAndOfThePlanAreSortedByLine() {
        var planned =
                plan(
                        """
                        name: shop
                        jobs:
                          gpu:
                            labels: [gpu]
                            steps:
                              - run: make
                          far:
                            pool: arctic
                            steps:
                              - run: make
                        """);

        assertThat(planned.problems()).extracting(PipelineProblem::line).isSorted().hasSize(4);
    }

    private Pipelines.Planned plan(String text) {
        return pipelines.plan(
                "ci.yml",
                text,
                new PlanEvent(
                        "shop",
                        PlanEvent.Type.MANUAL,
                        "refs/heads/main",
                        "main",
                        null,
                        "0123456789012345678901234567890123456789",
                        Map.of(),
                        null));
    }
}
