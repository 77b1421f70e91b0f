package io.headrace.engine.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.retry.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CausesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no space left on /dev/sda1 after 17 s | no space left on /… after # s",
                "commit 3f2b8a9c0d is not there | commit … is not there",
                "container 01J8Z7W2K4M6P8Q0 was removed | container … was removed",
                "http://127.0.0.1:8080/a/b could not be read | http://… could not be read",
                "worker lost | worker lost",
                "the Docker engine can't be reached | the Docker engine can't be reached",
            })
    void whatDiffersFromJobToJobIsTakenOut(String reason, String cause) {
        assertThat(Causes.normal(reason)).isEqualTo(cause);
    }

    @Test
    void equalCausesHaveEqualKeysAndOthersHaveOthers() {
        var one = Causes.normal("no space left on /srv/jobs/a/17");
        var two = Causes.normal("no space left on /srv/jobs/b/18");

        assertThat(Causes.key(Failure.EXHAUSTED, one))
                .isEqualTo(Causes.key(Failure.EXHAUSTED, two))
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(Causes.key(Failure.NETWORK, one))
                .isNotEqualTo(Causes.key(Failure.EXHAUSTED, "worker lost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "/", "a1-", "http://", "/a", " ", "0f"})
    void noTextTakesLong(String piece) {
        var text = piece.repeat(200_000);

        var cause =
                Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(2), () -> Causes.normal(text));

        assertThat(cause.length()).isLessThanOrEqualTo(401);
    }
}
