package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds what is told of jobs that ask for more than there is. */
class CapacityTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static List<String> warnings(int slots, String text) {
        var workers =
                new Planner.Workers() {
                    @Override
                    public boolean canTake(String pool, List<String> labels) {
                        return true;
                    }

                    @Override
                    public Planner.Offer offer() {
                        return new Planner.Offer(slots, 8, 16L << 30);
                    }
                };
        return new Planner()
                .plan(Pipelines.parse(text), Events.push("main"), workers).problems().stream()
                        .map(problem -> problem.severity() + " " + problem)
                        .toList();
    }

    private static String jobs(String... jobs) {
        return "name: shop\njobs:\n" + String.join("\n", jobs) + "\n";
    }

    private static String job(String name, String keys) {
        return "  %s: {%s, %s}".formatted(name, keys, STEPS);
    }

    @Test
    void aJobThatAsksForMoreThanThereIsIsTold() {
        assertThat(warnings(4, jobs(job("build", "resources: {cpu: 9, memory: 17g}"))))
                .containsExactly(
                        "WARNING ci.yml:3:3: the job asks for 17g of memory, and all workers here have 16g of memory; ask for less, or start a larger worker",
                        "WARNING ci.yml:3:3: the job asks for 9 cores, and all workers here have 8 cores; ask for less, or start a larger worker");
    }

    @Test
    void whatThereIsMayBeAskedFor() {
        assertThat(warnings(4, jobs(job("build", "resources: {cpu: 8, memory: 16g}")))).isEmpty();
    }

    @Test
    void jobsThatCanRunAtTheSameTimeAreAddedUp() {
        var text =
                jobs(
                        job("build", "resources: {cpu: 3}"),
                        job("test", "resources: {cpu: 5.5}"),
                        job("lint", "timeout: 60"));

        assertThat(warnings(4, text))
                .containsExactly(
                        "WARNING ci.yml:4:3: 2 jobs that can run at the same time, such as 'test' and 'build', ask for 8.5 cores together, and all workers here have 8 cores; ask for less, let some of them wait for others, or start more workers");
    }

    @Test
    void noMoreJobsAreAddedUpThanThereAreSlots() {
        var text =
                jobs(
                        job("one", "resources: {cpu: 4}"),
                        job("two", "resources: {cpu: 4}"),
                        job("three", "resources: {cpu: 4}"));

        assertThat(warnings(2, text)).isEmpty();
        assertThat(warnings(3, text)).singleElement().asString().contains("3 jobs", "12 cores");
    }

    @Test
    void jobsThatWaitForEachOtherAreNotAddedUp() {
        assertThat(
                        warnings(
                                4,
                                jobs(
                                        job("build", "resources: {memory: 9g}"),
                                        job("test", "needs: build, resources: {memory: 9g}"))))
                .isEmpty();
    }

    @Test
    void theWorstLevelIsTold() {
        assertThat(
                        warnings(
                                4,
                                jobs(
                                        job("build", "resources: {memory: 17g}"),
                                        job("test", "needs: build, resources: {memory: 19g}"),
                                        job("last", "needs: test, resources: {memory: 18g}"))))
                .singleElement()
                .asString()
                .startsWith("WARNING ci.yml:4:3: the job asks for 19g of memory");
    }

    @Test
    void jobsThatAreSkippedAskForNothing() {
        assertThat(warnings(4, jobs(job("build", "if: 'branch == \"dev\"', resources: {cpu: 9}"))))
                .isEmpty();
    }

    @Test
    void whatJobsGetAnywayIsNotAddedUp() {
        assertThat(
                        warnings(
                                100,
                                "name: shop\njobs:\n  test: {matrix: {a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}, %s}\n"
                                        .formatted(STEPS)))
                .isEmpty();
    }

    @Test
    void variantsOfAMatrixAreAddedUp() {
        assertThat(
                        warnings(
                                100,
                                "name: shop\njobs:\n  test: {matrix: {a: [1, 2, 3]}, resources: {cpu: 3}, %s}\n"
                                        .formatted(STEPS)))
                .singleElement()
                .asString()
                .contains("such as 'test (a=1)' and 'test (a=2)', ask for 9 cores together");
    }

    @Test
    void whereNobodyKnowsWhatThereIsNothingIsTold() {
        var text = jobs(job("build", "resources: {cpu: 99}"));

        assertThat(new Planner().plan(Pipelines.parse(text), Events.push("main")).problems())
                .isEmpty();
    }
}
