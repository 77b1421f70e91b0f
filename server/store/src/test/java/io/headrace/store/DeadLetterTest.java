package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.deadletter.DeadLetter;
import io.headrace.engine.deadletter.DeadLetterFilter;
import io.headrace.engine.deadletter.DeadLetterStore;
import io.headrace.engine.deadletter.DeadLetterStore.Resumed;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that are not tried any more, although they are not their author's to mend. */
class DeadLetterTest extends StoresTest {

    private ProjectId shop;

    @BeforeEach
    void addShop() {
        shop = site.project("shop");
    }

    private DeadLetterStore letters() {
        return stores.deadLetters();
    }

    private List<DeadLetter> open() {
        return letters().list(DeadLetterFilter.open(null, null), null, 100).items();
    }

    @Test
    void aJobThatLostItsWorkerOnceTooOftenIsOneWithItsCause() {
        var run = site.accept(shop, Plans.of(Plans.job("a").build()));
        for (var i = 0; i < 3; i++) {
            assertThat(open()).isEmpty();
            site.claim();
            pass(Duration.ofSeconds(31));
            stores.runs().expireLeases();
        }

        assertThat(open())
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.run()).isEqualTo(run);
                    assertThat(letter.project()).isEqualTo("shop");
                    assertThat(letter.jobKey()).isEqualTo("a");
                    assertThat(letter.attempts()).isEqualTo(3);
                    assertThat(letter.failure()).isEqualTo(Failure.WORKER_LOST);
                    assertThat(letter.reason()).isEqualTo("worker lost");
                    assertThat(letter.state()).isEqualTo(DeadLetter.State.OPEN);
                    assertThat(letter.attempt())
                            .isEqualTo(site.job(run, "a").attempts().getLast().id());
                });
        assertThat(letters().depth()).isEqualTo(1);
        assertThat(site.claim(1)).isEmpty();
    }

    @Test
    void whatItsAuthorHasToMendIsNone() {
        site.accept(shop, Plans.of(Plans.job("a").build()));
        site.fail(site.claim());

        assertThat(open()).isEmpty();
    }

    @Test
    void aJobWhoseRunWasCancelledIsNone() {
        var run = site.accept(shop, Plans.of(Plans.job("a").build()));
        var claim = site.claim();
        stores.runs().cancel(run, "cancelled by ada");

        site.error(claim, "no such image", Failure.CONFIGURATION);

        assertThat(open()).isEmpty();
    }

    private RunId dead(String reason) {
        var run = site.accept(shop, Plans.of(Plans.job("a").build()));
        site.error(site.claim(), reason, Failure.CONFIGURATION);
        return run;
    }

    @Test
    void equalCausesAreOneGroup() {
        dead("no such image alpine:3.1");
        dead("no such image alpine:3.2");
        dead("the secret is missing");

        var groups = letters().groups(10);

        assertThat(groups).extracting(group -> group.jobs()).containsExactly(2, 1);
        assertThat(groups.getFirst().cause()).isEqualTo("no such image alpine:#.#");
        assertThat(groups.getFirst().failure()).isEqualTo(Failure.CONFIGURATION);
        assertThat(groups.getFirst().projects()).isEqualTo(1);
        var of = DeadLetterFilter.open("Shop", groups.getFirst().causeKey());
        assertThat(letters().list(of, null, 10).items()).hasSize(2);
        assertThat(letters().list(DeadLetterFilter.open("other", null), null, 10).items())
                .isEmpty();
    }

    @Test
    void theListHasPagesNewestFirst() {
        var first = dead("one");
        var second = dead("two");
        var third = dead("three");

        var page = letters().list(DeadLetterFilter.open(null, null), null, 2);
        var rest = letters().list(DeadLetterFilter.open(null, null), page.next(), 2);

        assertThat(page.items()).extracting(DeadLetter::run).containsExactly(third, second);
        assertThat(rest.items()).extracting(DeadLetter::run).containsExactly(first);
        assertThat(rest.next()).isNull();
    }

    @Test
    void inARunThatGoesOnTheJobIsQueuedAgainAndWhatWaitedForItWaitsAgain() {
        var run =
                site.accept(
                        shop,
                        Plans.of(
                                Plans.job("a").build(),
                                Plans.job("b", "a").build(),
                                Plans.job("c", "b").build(),
                                Plans.job("other").build()));
        site.error(site.claim("a"), "no such image", Failure.CONFIGURATION);
        var other = site.claim("other");
        assertThat(site.job(run, "c").status()).isEqualTo(Status.CANCELLED);

        assertThat(letters().resume(open().getFirst().id(), "ada")).isEqualTo(Resumed.YES);

        var job = site.job(run, "a");
        assertThat(job.status()).isEqualTo(Status.QUEUED);
        assertThat(job.reason()).isEqualTo("queued again by ada");
        assertThat(job.finishedAt()).isNull();
        assertThat(job.attempts()).extracting(RunDetail.Attempt::number).containsExactly(1, 2);
        assertThat(site.job(run, "b").status()).isEqualTo(Status.PENDING);
        assertThat(site.job(run, "c").status()).isEqualTo(Status.PENDING);
        assertThat(open()).isEmpty();
        site.succeed(other);
        site.succeed(site.claim("a"));
        site.succeed(site.claim("b"));
        site.succeed(site.claim("c"));
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aJobThatIsQueuedAgainHasFreshTries() {
        var run = site.accept(shop, Plans.of(Plans.job("a").build(), Plans.job("other").build()));
        for (var i = 0; i < 3; i++) {
            site.error(site.claim("a"), "worker lost");
        }
        site.claim("other");
        letters().resume(open().getFirst().id(), "ada");

        site.error(site.claim("a"), "worker lost");

        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 4 could not be run: worker lost; trying again (5 of 6)");
    }

    @Test
    void whatNeedsTwoDeadJobsWaitsUntilBothAreQueuedAgain() {
        var run =
                site.accept(
                        shop,
                        Plans.of(
                                Plans.job("a").build(),
                                Plans.job("b").build(),
                                Plans.job("both", "a", "b").build(),
                                Plans.job("other").build()));
        site.error(site.claim("a"), "no such image", Failure.CONFIGURATION);
        site.error(site.claim("b"), "no such image", Failure.CONFIGURATION);
        var letters = open();

        letters().resume(letters.getFirst().id(), "ada");
        assertThat(site.job(run, "both").status()).isEqualTo(Status.CANCELLED);
        letters().resume(letters.getLast().id(), "ada");

        assertThat(site.job(run, "both").status()).isEqualTo(Status.PENDING);
        site.claim(3).forEach(site::succeed);
        site.succeed(site.claim("both"));
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void nothingIsQueuedAgainTwice() {
        site.accept(shop, Plans.of(Plans.job("a").build(), Plans.job("other").build()));
        site.error(site.claim("a"), "no such image", Failure.CONFIGURATION);
        var letter = open().getFirst().id();

        assertThat(letters().resume(letter, "ada")).isEqualTo(Resumed.YES);
        assertThat(letters().resume(letter, "bob")).isEqualTo(Resumed.NOT_OPEN);
        assertThat(letters().dismiss(letter, "bob")).isFalse();
        assertThat(letters().find(letter).orElseThrow().handledBy()).isEqualTo("ada");
    }

    @Test
    void aRunThatIsOverIsLeftAloneAndItsLettersSayWhereItRunsAgain() {
        var run = dead("no such image");
        var letter = open().getFirst().id();

        assertThat(letters().resume(letter, "ada")).isEqualTo(Resumed.RUN_IS_OVER);
        var again = site.accept(shop, Plans.of(Plans.job("a").build()));
        assertThat(letters().requeued(run, again, "ada")).isEqualTo(1);

        assertThat(letters().find(letter).orElseThrow().againIn()).isEqualTo(again);
        assertThat(letters().depth()).isZero();
    }

    @Test
    void whatIsDismissedIsKeptForATime() {
        dead("no such image");
        var letter = open().getFirst();

        assertThat(letters().dismiss(letter.id(), "ada")).isTrue();

        assertThat(letters().find(letter.id()).orElseThrow().state())
                .isEqualTo(DeadLetter.State.DISMISSED);
        assertThat(letters().discard(letter.diedAt(), 10)).isZero();
        assertThat(letters().discard(Instant.parse("2100-01-01T00:00:00Z"), 10)).isEqualTo(1);
        assertThat(letters().find(letter.id())).isEmpty();
    }

    @Test
    void aProjectIsDeletedWithItsLetters() {
        dead("no such image");

        stores.projects().delete(shop, _ -> {});

        assertThat(letters().depth()).isZero();
    }
}
