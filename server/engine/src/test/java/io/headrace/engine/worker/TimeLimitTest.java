package io.headrace.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aCallThatTakesTooLongIsInterrupted() throws Exception {
        var never = new CountDownLatch(1);

        var result =
                TimeLimit.run(
                        timer,
                        Duration.ofMillis(20),
                        () -> {
                            never.await();
                            return 0;
                        });

        assertThat(result.timedOut()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCallThatEndsInTimeGivesItsExitCode() throws Exception {
        var result = TimeLimit.run(timer, Duration.ofMinutes(1), () -> 3);

        assertThat(result).isEqualTo(new TimeLimit.Result(3, false));
    }

    @Test
    void anInterruptFromElsewhereIsNoTimeLimit() {
        assertThatThrownBy(() ->
                        TimeLimit.run(
                                timer,
                                Duration.ofMinutes(1),
                                () -> {
                                    throw new InterruptedException();
                                }))
                .isInstanceOf(InterruptedException.class);
    }
}
