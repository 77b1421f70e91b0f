package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.retry.Failure;
import io.headrace.engine.retry.RetryLimits;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.StepTry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How policies decide whether there is another attempt, and when. */
class PolicyTest extends StoresTest {

    @Test
    void aFailureOfAHostIsTriedAgainByItsTable() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));

        site.error(site.claim(), "no route", Failure.NETWORK);
        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 1 could not be run: no route; trying again in 1 s (2 of 3)");
        pass(Duration.ofSeconds(2));
        site.error(site.claim(), "no route", Failure.NETWORK);
        pass(Duration.ofSeconds(4));
        site.error(site.claim(), "no route", Failure.NETWORK);

        assertThat(site.run(run).status()).isEqualTo(Status.ERRORED);
        assertThat(site.job(run, "a").attempts())
                .extracting(RunDetail.Attempt::failure)
                .containsExactly(Failure.NETWORK, Failure.NETWORK, Failure.NETWORK);
        assertThat(site.job(run, "a").attempts().getFirst().retryDelay())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(site.job(run, "a").attempts().getLast().retryDelay()).isNull();
    }

    @Test
    void whatItsAuthorHasToMendIsNotTriedAgain() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));

        site.error(site.claim(), "no such image", Failure.CONFIGURATION);

        assertThat(site.run(run).status()).isEqualTo(Status.ERRORED);
        assertThat(site.job(run, "a").attempts().getFirst().failure())
                .isEqualTo(Failure.CONFIGURATION);
    }

    @Test
    void aCommandThatFailedForWantOfAHostIsTriedAgainToo() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));

        site.fail(site.claim(), Failure.NETWORK);

        assertThat(site.job(run, "a").status()).isEqualTo(Status.QUEUED);
        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 1 failed: exit code 1; trying again in 1 s (2 of 3)");
    }

    @Test
    void aFailureOfTheCommandItselfIsNot() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));

        site.fail(site.claim());

        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aCommandThatIsNotThereIsNeverTriedAgainWhateverTheFileSays() {
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.retrying(
                                Plans.policy(5, "configuration_errors", "permanent_code_issues"),
                                Plans.job("a").retries(3).build()));

        site.fail(site.claim(), Failure.COMMAND_NOT_FOUND);

        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        assertThat(site.job(run, "a").attempts()).hasSize(1);
    }

    @Test
    void whatIsDownIsWaitedForWithoutCountingUntilTheTimeIsUp() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        var attempts = 0;
        while (site.run(run).status() != Status.ERRORED) {
            site.error(site.claim(), "the engine is down", Failure.SERVICE_DOWN);
            pass(Duration.ofSeconds(81));
            attempts++;
        }

        // 10, 20, 40 and then 80 seconds: half an hour is over after some twenty.
        assertThat(attempts).isBetween(15, 30);
        assertThat(site.job(run, "a").reason())
                .isEqualTo(
                        "attempt %d could not be run: the engine is down; gave up, as it was tried for 30 min"
                                .formatted(attempts));
    }

    @Test
    void aServerThatIsStoppedCostsNoTry() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        for (var i = 0; i < 6; i++) {
            site.error(site.claim(), "the server was shut down", Failure.SHUT_DOWN);
        }

        assertThat(site.job(run, "a").status()).isEqualTo(Status.QUEUED);
        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 6 could not be run: the server was shut down; trying again");
    }

    @Test
    void aJobThatEndsItsWorkersIsNotRunForEver() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        for (var i = 0; i < 3; i++) {
            site.claim();
            pass(Duration.ofSeconds(31));
            assertThat(stores.runs().expireLeases()).hasSize(1);
        }

        assertThat(site.run(run).status()).isEqualTo(Status.ERRORED);
        assertThat(site.claim(1)).isEmpty();
    }

    @Test
    void anOperatorCanSwitchItOff() {
        stores.runs().limitRetries(new RetryLimits(1, Duration.ofMinutes(30)));
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));

        site.error(site.claim(), "the engine is down", Failure.SERVICE_DOWN);

        assertThat(site.run(run).status()).isEqualTo(Status.ERRORED);
    }

    @Test
    void aPipelinesPolicyCountsAttemptsAndWaitsAsItSays() {
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.retrying(
                                Plans.policy(3, "permanent_code_issues"), Plans.job("a").build()));

        site.fail(site.claim());
        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 1 failed: exit code 1; trying again in 10 s (2 of 3)");
        assertThat(site.claim(1)).isEmpty();
        pass(Duration.ofSeconds(11));
        site.fail(site.claim());
        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 2 failed: exit code 1; trying again in 20 s (3 of 3)");
        pass(Duration.ofSeconds(21));
        site.fail(site.claim());

        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        assertThat(site.job(run, "a").attempts()).hasSize(3);
    }

    @Test
    void aPolicyThatDoesNotNameAClassLeavesItAlone() {
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.retrying(
                                Plans.policy(3, "resource_exhaustion"), Plans.job("a").build()));

        site.error(site.claim(), "no route", Failure.NETWORK);

        assertThat(site.run(run).status()).isEqualTo(Status.ERRORED);
    }

    @Test
    void aJobsOwnPolicyWinsOverItsPipelines() {
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.retrying(
                                Plans.policy(5, "transient_dependencies"),
                                Plans.job("a")
                                        .retrying(Plans.policy(1, "transient_dependencies"))
                                        .build(),
                                Plans.job("b").build()));

        site.error(site.claim("a"), "no route", Failure.NETWORK);
        site.error(site.claim("b"), "no route", Failure.NETWORK);

        assertThat(site.job(run, "a").status()).isEqualTo(Status.ERRORED);
        assertThat(site.job(run, "b").reason()).endsWith("trying again in 10 s (2 of 5)");
    }

    @Test
    void noAttemptBeginsAfterTheTotalTime() {
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.retrying(
                                Plans.policy(9, "transient_dependencies"), Plans.job("a").build()));
        site.error(site.claim(), "no route", Failure.NETWORK);
        pass(Duration.ofMinutes(11));

        site.error(site.claim(), "no route", Failure.NETWORK);

        assertThat(site.job(run, "a").reason())
                .isEqualTo(
                        "attempt 2 could not be run: no route; gave up, as it was tried for 10 min");
    }

    @Test
    void whatWasTriedIsKnownAfterARestart() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        var claim = site.claim();
        var tried =
                new StepTry(
                        1,
                        7,
                        "exit code 7",
                        Failure.NETWORK,
                        Duration.ofMillis(120),
                        Duration.ofSeconds(5));
        stores.runs().stepStarted(claim, 0, "run").toCompletableFuture().join();
        stores.runs().stepTried(claim, 0, tried).toCompletableFuture().join();
        stores.runs()
                .stepEnded(claim, 0, "run", Status.SUCCEEDED, "", 0)
                .toCompletableFuture()
                .join();
        site.error(claim, "no route", Failure.NETWORK);

        stores.close();
        reopen();

        var attempt = site.job(run, "a").attempts().getFirst();
        assertThat(attempt.failure()).isEqualTo(Failure.NETWORK);
        assertThat(attempt.steps().getFirst().tries()).containsExactly(tried);
        pass(Duration.ofSeconds(2));
        site.error(site.claim(), "no route", Failure.NETWORK);
        assertThat(site.job(run, "a").reason()).endsWith("(3 of 3)");
    }

    @Test
    void aRetryKeepsItsPriorityAndItsPlace() {
        var project = site.project("shop");
        site.accept(project, Plans.of(Plans.job("first").priority(5).build()));
        site.accept(project, Plans.of(Plans.job("second").priority(5).build()));
        site.accept(project, Plans.of(Plans.job("low").build()));

        site.error(site.claim("first"), "no disk", Failure.EXHAUSTED);
        assertThat(Site.keys(site.claim(1))).containsExactly("second");
        pass(Duration.ofSeconds(6));

        assertThat(Site.keys(site.claim(1))).containsExactly("first");
    }

    @Test
    void anEndWithoutAFailureIsUnderstoodAllTheSame() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));

        stores.runs()
                .finish(site.claim(), new RunStore.Ending(Status.ERRORED, "odd", null, true, null));

        assertThat(site.job(run, "a").attempts().getFirst().failure()).isEqualTo(Failure.UNKNOWN);
    }
}
