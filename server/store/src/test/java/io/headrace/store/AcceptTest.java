package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.ArtifactId;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.NewRun;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore.Accepted;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers, keys, repetition and size of runs. */
class AcceptTest extends StoresTest {

    private final Plan plan = Plans.of(Plans.job("build").build());

    @Test
    void runsOfAProjectAreNumberedWithoutGapsHoweverManyComeAtOnce() {
        var shop = site.project("shop");
        var bank = site.project("bank");
        var numbers = new ArrayList<CompletableFuture<Accepted>>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 60; i++) {
                var project = i % 3 == 0 ? bank : shop;
                var run = site.newRun(project, plan);
                numbers.add(
                        CompletableFuture.supplyAsync(() -> stores.runs().accept(run), threads));
            }
        }

        assertThat(numbersOf(numbers, 0))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(numbersOf(numbers, 1).size() + numbersOf(numbers, 2).size()).isEqualTo(40);
        assertThat(stores.runs().find("shop", 40)).isPresent();
        assertThat(stores.runs().find("shop", 41)).isEmpty();
    }

    private static List<Long> numbersOf(List<CompletableFuture<Accepted>> all, int remainder) {
        return IntStream.range(0, all.size())
                .filter(i -> i % 3 == remainder)
                .mapToObj(i -> all.get(i).join().number())
                .toList();
    }

    @Test
    void aKeyIsAcceptedOnceHoweverOftenItComes() {
        var shop = site.project("shop");
        var answers = new ArrayList<CompletableFuture<Accepted>>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 16; i++) {
                var run = site.newRun(shop, plan, "main", "delivery-1");
                answers.add(
                        CompletableFuture.supplyAsync(() -> stores.runs().accept(run), threads));
            }
        }

        assertThat(answers).extracting(answer -> answer.join().run()).containsOnly(first(answers));
        assertThat(answers).filteredOn(answer -> answer.join().isNew()).hasSize(1);
        assertThat(stores.runs().accept(site.newRun(shop, plan)).number()).isEqualTo(2);
        var elsewhere = site.newRun(site.project("bank"), plan, "main", "delivery-1");
        assertThat(stores.runs().accept(elsewhere).isNew()).isTrue();
    }

    private static RunId first(List<CompletableFuture<Accepted>> answers) {
        return answers.getFirst().join().run();
    }

    @Test
    void aProjectThatIsNotThereGetsNoRuns() {
        var run = site.newRun(new ProjectId(1), plan);

        assertThatThrownBy(() -> stores.runs().accept(run))
                .isInstanceOf(Refused.class)
                .hasMessage("There is no such project; it may have been deleted");
    }

    @Test
    void aRunSaysWhatStartedIt() {
        var shop = site.project("shop");
        var pushed = site.run(site.accept(shop, plan));
        var tagged =
                new PlanEvent(
                        "shop", PlanEvent.Type.TAG, "refs/tags/v1", null, "v1", "c0ffee", Map.of());
        var given = site.newRun(shop, plan);
        var run =
                new NewRun(
                        given.id(),
                        shop,
                        tagged,
                        "",
                        "",
                        "ada",
                        null,
                        plan,
                        List.of(),
                        "",
                        null,
                        Map.of());

        var released = site.run(stores.runs().accept(run).run());

        assertThat(pushed.event()).isEqualTo(PlanEvent.Type.PUSH);
        assertThat(pushed.tag()).isNull();
        assertThat(released.event()).isEqualTo(PlanEvent.Type.TAG);
        assertThat(released.tag()).isEqualTo("v1");
        assertThat(released.branch()).isNull();
    }

    @Test
    void aRepeatedRunTakesOverWhatIsKept() {
        var shop = site.project("shop");
        var whole = Plans.of(Plans.job("build").build(), Plans.job("test", "build").build());
        var first = site.accept(shop, whole);
        var build = site.claim("build");
        var artifact =
                new Artifact(
                        new ArtifactId(stores.ids().next()),
                        first,
                        build.job(),
                        build.attempt(),
                        "build",
                        "jar",
                        "target/shop.jar",
                        "ab".repeat(32),
                        12,
                        "application/java-archive",
                        true,
                        true,
                        TestDatabase.START,
                        TestDatabase.START.plus(Duration.ofDays(7)),
                        false);
        stores.artifacts().add(List.of(artifact));
        site.succeed(build);
        site.fail(site.claim("test"));
        var copy = new ArtifactId(stores.ids().next());

        var again =
                stores.runs()
                        .accept(
                                rerun(
                                        shop,
                                        whole,
                                        first,
                                        Map.of(
                                                "build",
                                                new NewRun.Kept(
                                                        build.job(),
                                                        Status.SUCCEEDED,
                                                        List.of(copy)))))
                        .run();

        var kept = site.job(again, "build");
        assertThat(kept.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(kept.reason()).isEqualTo("kept from #1");
        assertThat(kept.keptFrom()).isEqualTo(first);
        assertThat(kept.attempts()).isEmpty();
        assertThat(site.run(again).rerunOf()).isEqualTo(first);
        assertThat(stores.artifacts().ofRun(again))
                .singleElement()
                .satisfies(copied -> {
                    assertThat(copied.id()).isEqualTo(copy);
                    assertThat(copied.job()).isEqualTo(kept.id());
                    assertThat(copied.sha256()).isEqualTo(artifact.sha256());
                    assertThat(copied.attempt()).isEqualTo(build.attempt());
                    assertThat(copied.expiresAt())
                            .isEqualTo(copied.createdAt().plus(Duration.ofDays(7)));
                });
        assertThat(Site.keys(site.claim(5))).containsExactly("test");
    }

    @Test
    void whatDoesNotFitTheEarlierRunIsRefused() {
        var shop = site.project("shop");
        var first = site.accept(shop, plan);
        var build = site.claim();
        site.succeed(build);
        var kept =
                new NewRun.Kept(
                        build.job(),
                        Status.SUCCEEDED,
                        List.of(new ArtifactId(stores.ids().next())));

        assertThatThrownBy(
                        () -> stores.runs().accept(rerun(shop, plan, first, Map.of("build", kept))))
                .isInstanceOf(Refused.class)
                .hasMessage("Job 'build' of the earlier run has changed meanwhile; try again");
        assertThat(stores.runs().accept(site.newRun(shop, plan)).number()).isEqualTo(2);
    }

    private NewRun rerun(ProjectId project, Plan again, RunId of, Map<String, NewRun.Kept> kept) {
        return new NewRun(
                new RunId(stores.ids().next()),
                project,
                Site.event("main"),
                "Add a feature",
                "Ada",
                "ada",
                null,
                again,
                List.of(),
                "",
                of,
                kept);
    }

    @Test
    void textsThatAreTooLongAreCut() {
        var shop = site.project("shop");
        var run =
                new NewRun(
                        new RunId(stores.ids().next()),
                        shop,
                        Site.event("b".repeat(900)),
                        "m".repeat(5000),
                        "a\0b",
                        "ada",
                        null,
                        plan,
                        List.of(),
                        "",
                        null,
                        Map.of());

        stores.runs().accept(run);

        var summary = site.run(run.id());
        assertThat(summary.message()).hasSize(1000).endsWith("m…");
        assertThat(summary.author()).isEqualTo("ab");
        assertThat(stores.runs().event(run.id())).contains(run.event());
    }

    @Test
    void aRunOfTenThousandJobsIsAcceptedWhole() {
        var jobs = new ArrayList<Plan.Job>();
        for (var layer = 0; layer < 100; layer++) {
            for (var i = 0; i < 100; i++) {
                jobs.add(
                        layer == 0
                                ? Plans.job("0-" + i).build()
                                : Plans.job(layer + "-" + i, layer(layer - 1)).build());
            }
        }

        var run = site.accept(site.project("shop"), Plans.of(jobs.toArray(Plan.Job[]::new)));

        assertThat(stores.runs().depth().queued()).isEqualTo(100);
        for (var claim : site.claim(100)) {
            site.succeed(claim);
        }
        assertThat(stores.runs().depth().queued()).isEqualTo(100);
        assertThat(site.detail(run).jobs()).hasSize(10_000);
        stores.runs().cancel(run, "enough");
        assertThat(site.run(run).status()).isEqualTo(Status.CANCELLED);
    }

    private static String[] layer(int number) {
        return IntStream.range(0, 100).mapToObj(i -> number + "-" + i).toArray(String[]::new);
    }
}
