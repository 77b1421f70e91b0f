package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists of runs. */
class ListTest extends StoresTest {

    private final Plan plan = Plans.of(Plans.job("build").build());

    private RunId accept(ProjectId project, String branch) {
        pass(Duration.ofMillis(5));
        return stores.runs().accept(site.newRun(project, plan, branch, null)).run();
    }

    private List<RunId> list(RunFilter filter) {
        return stores.runs().list(filter, null, 100).items().stream().map(RunSummary::id).toList();
    }

    @Test
    void pagesGoFromTheNewestToTheOldestWithoutGaps() {
        var shop = site.project("shop");
        var all = new ArrayList<RunId>();
        for (var i = 0; i < 7; i++) {
            all.addFirst(accept(shop, "main"));
        }

        var found = new ArrayList<RunId>();
        @Nullable String after = null;
        var sizes = new ArrayList<Integer>();
        do {
            var page = stores.runs().list(RunFilter.ALL, after, 3);
            page.items().forEach(run -> found.add(run.id()));
            sizes.add(page.items().size());
            after = page.next();
        } while (after != null);

        assertThat(found).isEqualTo(all);
        assertThat(sizes).containsExactly(3, 3, 1);
    }

    @Test
    void anyMixOfFiltersFindsItsRuns() {
        var shop = site.project("shop");
        var bank = site.project("bank");
        var a = accept(shop, "main");
        site.succeed(site.claim());
        var b = accept(shop, "dev");
        site.fail(site.claim());
        var c = accept(bank, "main");

        assertThat(list(RunFilter.ALL)).containsExactly(c, b, a);
        assertThat(list(new RunFilter("SHOP", null, null))).containsExactly(b, a);
        assertThat(list(new RunFilter(null, Status.QUEUED, null))).containsExactly(c);
        assertThat(list(new RunFilter(null, null, "main"))).containsExactly(c, a);
        assertThat(list(new RunFilter("shop", Status.FAILED, null))).containsExactly(b);
        assertThat(list(new RunFilter("shop", null, "main"))).containsExactly(a);
        assertThat(list(new RunFilter(null, Status.SUCCEEDED, "main"))).containsExactly(a);
        assertThat(list(new RunFilter("shop", Status.FAILED, "main"))).isEmpty();
        assertThat(list(new RunFilter("nowhere", null, null))).isEmpty();
        assertThat(stores.runs().latestFinished(shop, null)).contains(site.run(b));
        assertThat(stores.runs().latestFinished(shop, "main")).contains(site.run(a));
        assertThat(stores.runs().latestFinished(bank, null)).isEmpty();
    }

    @Test
    void howLongJobsTookIsTheMedianOfTheLatestRunsThatSucceeded() {
        var shop = site.project("shop");
        for (var seconds : List.of(100, 10, 40, 20)) {
            accept(shop, "main");
            var claim = site.claim();
            pass(Duration.ofSeconds(seconds));
            site.succeed(claim);
        }
        accept(shop, "main");
        var failing = site.claim();
        pass(Duration.ofSeconds(500));
        site.fail(failing);

        assertThat(stores.runs().pastTimes(shop, 3)).containsOnlyKeys("build");
        if (!onPostgresql()) {
            // There, the database's clock can't be set, and jobs of the past not be made longer.
            assertThat(stores.runs().pastTimes(shop, 3))
                    .containsExactly(Map.entry("build", Duration.ofSeconds(20)));
            assertThat(stores.runs().pastTimes(shop, 20))
                    .containsExactly(Map.entry("build", Duration.ofSeconds(30)));
        }
        assertThat(stores.runs().pastTimes(site.project("bank"), 20)).isEmpty();
    }

    @Test
    void badPagesAreRefused() {
        assertThatThrownBy(() -> stores.runs().list(RunFilter.ALL, "soup", 10))
                .isInstanceOf(Refused.class)
                .hasMessage("'soup' is no cursor; give back 'next' of the page before");
        assertThatThrownBy(() -> stores.runs().list(RunFilter.ALL, null, 0))
                .isInstanceOf(Refused.class)
                .hasMessage("The limit must be 1 to 1000, not 0");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var nothing = new RunId(1);

        assertThat(stores.runs().find(nothing)).isEmpty();
        assertThat(stores.runs().detail(nothing)).isEmpty();
        assertThat(stores.runs().plan(nothing)).isEmpty();
        assertThat(stores.runs().event(nothing)).isEmpty();
        assertThat(stores.runs().find("nowhere", 1)).isEmpty();
    }
}
