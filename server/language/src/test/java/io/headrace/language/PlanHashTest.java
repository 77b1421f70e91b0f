package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs are compared by the hashes of their plans, which are stored. */
class PlanHashTest {

    /** What a hash says nothing of: itself, what its order says, and what a key stands for. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "Plan.hash",
                    "Step.index",
                    "WorkItem.manifest",
                    "WorkItem.fragments",
                    "WorkItem.platform",
                    "WorkItem.urgent");

    private static final Plan PLAN = Samples.of(Plan.class);

    @Test
    void everyPartOfAPlanMakesItsHashAnother() {
        var seen = new LinkedHashMap<String, String>();
        seen.put(PlanHash.of(PLAN), "the plan itself");

        Samples.variants(
                PLAN,
                (where, plan) -> {
                    var hash = PlanHash.of(plan);
                    if (LEFT_OUT.contains(where.substring(where.lastIndexOf(' ') + 1))) {
                        assertThat(hash).as(where).isEqualTo(PlanHash.of(PLAN));
                    } else {
                        assertThat(seen.put(hash, where)).as("also makes " + where).isNull();
                    }
                });

        assertThat(seen).hasSizeGreaterThan(100);
    }

    @Test
    void aHashIsTheSameInEveryVersion() {
        assertThat(PlanHash.of(PLAN))
                .as("hashes are stored: runs of the same plan would look like runs of others")
                .isEqualTo("e42b57ea46660f6e0d9608701de90ee8aee0adf56de94ce402a4889447c1d9b6");
    }

    @Test
    void aLongTextCountsLikeAShortOne() {
        var hashes =
                IntStream.of(8_000, 8_191, 8_192, 8_193, 20_000)
                        .mapToObj(length -> PlanHash.of(named("x".repeat(length))))
                        .toList();

        assertThat(hashes).doesNotHaveDuplicates();
        assertThat(PlanHash.of(named("x".repeat(20_000) + "y")))
                .isNotEqualTo(PlanHash.of(named("x".repeat(20_000) + "z")));
    }

    private static Plan named(String name) {
        return new Plan(
                name,
                PLAN.timeLimit(),
                PLAN.failFast(),
                PLAN.jobs(),
                PLAN.levels(),
                PLAN.hash(),
                PLAN.terms());
    }
}
