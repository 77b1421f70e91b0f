package io.headrace.engine.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.PlanTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private final Random random = new Random(1);

    /** Without chance, to see the numbers. */
    private Duration plainly(RetryPolicy policy, int attempt) {
        return new RetryPolicy(
                        policy.attempts(),
                        policy.base(),
                        policy.factor(),
                        policy.cap(),
                        RetryPolicy.Jitter.NONE,
                        policy.totalTime(),
                        policy.retryOn())
                .delay(attempt, random);
    }

    @Test
    void theWaitOfAStepDoublesFromFiveSecondsWithAQuarterOfJitter() {
        for (var i = 0; i < 100; i++) {
            assertThat(RetryPolicy.STEP.delay(1, random))
                    .isBetween(Duration.ofMillis(3_750), Duration.ofMillis(6_250));
            assertThat(RetryPolicy.STEP.delay(2, random))
                    .isBetween(Duration.ofMillis(7_500), Duration.ofMillis(12_500));
            assertThat(RetryPolicy.STEP.delay(60, random))
                    .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
        }
    }

    @Test
    void theWaitOfARecoveryIsBetweenHalfAndAllOfIt() {
        for (var i = 0; i < 100; i++) {
            assertThat(RetryPolicy.SERVICE_DOWN.delay(1, random))
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NETWORK, 5, 1000, 2000, 4000, 8000",
        "EXHAUSTED, 3, 5000, 7500, 11250, 16875",
        "SERVICE_DOWN, 4, 10000, 20000, 40000, 80000",
        "RATE_LIMIT, 6, 60000, 72000, 86400, 103680"
    })
    void eachTypeOfFailureHasItsTable(
            Failure failure, int attempts, long first, long second, long third, long fourth) {
        var policy = failure.preset();

        assertThat(policy.attempts()).isEqualTo(attempts);
        assertThat(List.of(1, 2, 3, 4))
                .map(attempt -> plainly(policy, attempt).toMillis())
                .containsExactly(first, second, third, fourth);
    }

    @ParameterizedTest
    @CsvSource({"NETWORK, 32", "EXHAUSTED, 17", "SERVICE_DOWN, 80", "RATE_LIMIT, 120"})
    void noWaitIsLongerThanItsCap(Failure failure, long seconds) {
        assertThat(plainly(failure.preset(), 1_000_000)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aWaitIsAtLeastASecond() {
        for (var i = 0; i < 100; i++) {
            assertThat(RetryPolicy.NETWORK.delay(1, random)).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void whatAWorkerLostIsTriedAgainAtOnce() {
        assertThat(Failure.WORKER_LOST.preset().delay(2, random)).isZero();
        assertThat(Failure.WORKER_LOST.preset().attempts()).isEqualTo(3);
    }

    @Test
    void aPipelinesPolicyIsTakenAsItIsWritten() {
        var policy =
                RetryPolicy.of(
                        new PlanTerms.RetryPolicy(
                                4,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(9),
                                new BigDecimal("1.5"),
                                false,
                                Duration.ofMinutes(3),
                                List.of("permanent_code_issues", "configuration_errors")));

        assertThat(policy.delay(1, random)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.delay(2, random)).isEqualTo(Duration.ofSeconds(3));
        assertThat(policy.delay(9, random)).isEqualTo(Duration.ofSeconds(9));
        assertThat(policy.covers(Failure.EXIT_CODE)).isTrue();
        assertThat(policy.covers(Failure.CONFIGURATION)).isTrue();
        assertThat(policy.covers(Failure.COMMAND_NOT_FOUND)).isFalse();
        assertThat(policy.covers(Failure.NETWORK)).isFalse();
        assertThat(policy.covers(Failure.UNKNOWN)).isFalse();
    }

    @Test
    void anOperatorsLimitsWin() {
        var policy = RetryPolicy.RATE_LIMIT.within(2, Duration.ofMinutes(1));

        assertThat(policy.attempts()).isEqualTo(2);
        assertThat(policy.totalTime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(RetryPolicy.NETWORK.within(9, Duration.ofHours(1)))
                .isEqualTo(RetryPolicy.NETWORK);
    }
}
