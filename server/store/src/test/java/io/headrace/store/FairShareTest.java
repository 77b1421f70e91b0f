package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.queue.PoolRules;
import io.headrace.engine.queue.Share;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.QueuedJob;
import io.headrace.engine.run.RunId;
import io.headrace.language.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets the next slot, when more jobs wait than there are slots. */
class FairShareTest extends StoresTest {

    private ProjectId big;
    private ProjectId small;

    private RunId flood(ProjectId project, int jobs) {
        return site.accept(
                project,
                Plans.of(
                        IntStream.range(0, jobs)
                                .mapToObj(number -> Plans.job("job-" + number).build())
                                .toArray(Plan.Job[]::new)));
    }

    @BeforeEach
    void twoProjects() {
        big = site.project("big");
        small = site.project("small");
    }

    @Test
    void aFloodOfOneProjectDoesNotKeepAnotherWaiting() {
        flood(big, 100);
        var running = site.claim(4);
        flood(small, 3);

        site.succeed(running.getFirst());

        assertThat(site.claim()).extracting(Claim::project).isEqualTo(small);
    }

    @Test
    void slotsAreSharedByWeight() {
        stores.queue().share(big, new Share(300, null));
        flood(big, 200);
        flood(small, 200);

        var running = new ArrayList<>(site.claim(40));
        for (var round = 0; round < 100; round++) {
            site.succeed(running.removeFirst());
            running.add(site.claim());
        }

        assertThat(count(running)).isEqualTo(Map.of(big, 30, small, 10));
    }

    @Test
    void evenASingleSlotIsShared() {
        flood(big, 100);
        flood(small, 100);
        var claims = new ArrayList<Claim>();
        for (var round = 0; round < 20; round++) {
            claims.add(site.claim());
            site.succeed(claims.getLast());
        }

        assertThat(count(claims)).isEqualTo(Map.of(big, 10, small, 10));
    }

    private static Map<ProjectId, Integer> count(List<Claim> claims) {
        var counts = new HashMap<ProjectId, Integer>();
        claims.forEach(claim -> counts.merge(claim.project(), 1, Integer::sum));
        return counts;
    }

    @Test
    void deploymentsGoBeforeTheShares() {
        flood(big, 10);
        flood(small, 10);
        site.claim(1);
        site.accept(big, Plans.of(Plans.job("deploy").priority(100).build()));

        assertThat(site.claim().key()).isEqualTo("deploy");
    }

    @Test
    void waitingCountsAsPriority() {
        var project = site.project("shop");
        site.accept(project, Plans.of(Plans.job("old").priority(1).build()));
        pass(Duration.ofMinutes(5));
        site.accept(project, Plans.of(Plans.job("branch").priority(5).build()));
        site.accept(project, Plans.of(Plans.job("main").priority(10).build()));

        assertThat(Site.keys(site.claim(3))).containsExactly("main", "old", "branch");
    }

    /** Started anew, a store looks at once for what has waited too long. */
    private void halfAnHourPasses() {
        pass(Duration.ofMinutes(31));
        stores.close();
        reopen();
    }

    @Test
    void whatHasWaitedForHalfAnHourGoesBeforeTheShares() {
        flood(big, 4);
        site.claim(2);
        halfAnHourPasses();
        flood(small, 4);

        var next = site.claim(2);

        assertThat(next).extracting(Claim::project).containsOnly(big);
        assertThat(site.claim().project()).isEqualTo(small);
    }

    @Test
    void whatIsPromotedStaysSoAfterARestart() {
        flood(big, 4);
        site.claim(2);
        halfAnHourPasses();
        flood(small, 4);
        assertThat(site.claim(1)).extracting(Claim::project).containsExactly(big);

        stores.close();
        reopen();

        assertThat(site.claim(2)).extracting(Claim::project).containsExactly(big, small);
    }

    @Test
    void aProjectNeverHasMoreThanItsLimit() {
        stores.queue().share(big, new Share(1000, 2));
        flood(big, 10);
        flood(small, 3);

        var running = site.claim(10);

        assertThat(count(running)).isEqualTo(Map.of(big, 2, small, 3));
        assertThat(site.claim(10)).isEmpty();
        site.succeed(running.stream().filter(claim -> claim.project().equals(big)).findAny().get());
        assertThat(count(site.claim(10))).isEqualTo(Map.of(big, 1));
        stores.queue().share(big, Share.DEFAULT);
        assertThat(count(site.claim(10))).isEqualTo(Map.of(big, 7));
    }

    @Test
    void aPoolNeverHasMoreThanItsLimit() {
        var project = site.project("shop");
        stores.queue().rule(PoolRules.standard("default").withMaxRunning(3));
        flood(project, 10);
        site.accept(project, Plans.of(Plans.job("arm").pool("arm").build()));

        assertThat(site.claim(2)).hasSize(2);
        assertThat(site.claim(10)).hasSize(1);
        assertThat(site.claim(10)).isEmpty();
        assertThat(stores.runs().claim("w", List.of("arm"), Set.of(), 5, Site.LEASE)).hasSize(1);
    }

    @Test
    void theQueueShowsTheOrderInWhichJobsAreTaken() {
        stores.queue().share(small, new Share(200, null));
        flood(big, 6);
        flood(small, 6);
        site.accept(big, Plans.of(Plans.job("deploy").priority(100).build()));

        var shown = stores.runs().queue(13).stream().map(QueuedJob::id).toList();

        assertThat(shown).hasSize(13);
        var taken = new ArrayList<Object>();
        for (var i = 0; i < 13; i++) {
            taken.add(site.claim().job());
        }
        assertThat(taken).isEqualTo(shown);
    }
}
