package io.headrace.engine.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ExecutionException;
import io.headrace.api.ScmException;
import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7   | curl: (7) Failed to connect to host port 80: Connection refused | NETWORK",
                "28  | curl: (28) Connection timed out after 10 s | NETWORK",
                "128 | fatal: Could not resolve host: git.example.com | NETWORK",
                "100 | E: Failed: 503 Service Unavailable | SERVICE_DOWN",
                "22  | toomanyrequests: You have reached your pull rate limit | RATE_LIMIT",
                "3   | write error: No space left on device | EXHAUSTED",
                "3   | bind: Address already in use | EXHAUSTED",
                "137 | Killed | EXHAUSTED",
                "125 | manifest unknown | CONFIGURATION",
                "3   | 4 tests failed | EXIT_CODE",
                "124 | done | EXIT_CODE",
                // What the author's shell or program says itself.
                "1   | Connection refused | EXIT_CODE",
                "2   | No space left on device | EXIT_CODE",
                "126 | Connection refused | NOT_EXECUTABLE",
                "127 | Connection refused | COMMAND_NOT_FOUND"
            })
    void aCommandsEndIsToldByItsExitCodeAndThenByItsLastWords(
            int code, String words, Failure expected) {
        assertThat(Failures.ofExit(code, words)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SUCH_IMAGE, CONFIGURATION",
        "INVALID, CONFIGURATION",
        "NOT_ALLOWED, NOT_ALLOWED",
        "UNAVAILABLE, SERVICE_DOWN",
        "LOST, PLACE_LOST",
        "EXHAUSTED, EXHAUSTED"
    })
    void whatAnExecutorThrowsIsToldByItsKind(ExecutionException.Kind kind, Failure expected) {
        assertThat(Failures.of(new ExecutionException(kind, "no"))).isEqualTo(expected);
    }

    @Test
    void aRegistryThatWantsFewerRequestsIsNotDown() {
        var e =
                new ExecutionException(
                        ExecutionException.Kind.UNAVAILABLE, "toomanyrequests: rate exceeded");

        assertThat(Failures.of(e)).isEqualTo(Failure.RATE_LIMIT);
    }

    @ParameterizedTest
    @EnumSource(ScmException.Kind.class)
    void onlySourcesThatCantBeReachedMayComeLater(ScmException.Kind kind) {
        var failure = Failures.of(new ScmException(kind, "no"));

        assertThat(RetryPolicy.INFRASTRUCTURE.covers(failure))
                .isEqualTo(kind == ScmException.Kind.UNREACHABLE);
    }

    @Test
    void whatNobodyForesawIsOurs() {
        var failure = Failures.of(new IllegalStateException("odd"));

        assertThat(failure).isEqualTo(Failure.UNKNOWN);
        assertThat(failure.errorType()).isEqualTo(ErrorType.SYSTEM_BUG);
        assertThat(failure.retryClass()).isNull();
        assertThat(failure.category()).isEqualTo(FailureCategory.CATASTROPHIC);
    }

    @Test
    void theServersOwnTroubleIsToldApart() {
        assertThat(Failures.of(new StoreException("gone"))).isEqualTo(Failure.DATABASE);
        assertThat(Failures.of(new IOException("No space left on device")))
                .isEqualTo(Failure.EXHAUSTED);
        assertThat(Failures.of(Refused.notFound("no secret"))).isEqualTo(Failure.CONFIGURATION);
    }

    /** Requirements model, mapping of the three views. */
    @ParameterizedTest
    @EnumSource(Failure.class)
    void theThreeViewsFitTogether(Failure failure) {
        var type = failure.errorType();
        switch (failure.category()) {
            case TRANSIENT, RESOURCE, DEPENDENCY, CORRUPTION ->
                    assertThat(type).isEqualTo(ErrorType.INFRASTRUCTURE);
            case CONFIGURATION -> assertThat(type).isEqualTo(ErrorType.USER_ERROR);
            case CATASTROPHIC -> assertThat(type).isEqualTo(ErrorType.SYSTEM_BUG);
        }
        var of = failure.retryClass();
        if (of != null) {
            assertThat(type)
                    .isEqualTo(
                            RetryClass.PASSING.contains(of)
                                    ? ErrorType.INFRASTRUCTURE
                                    : ErrorType.USER_ERROR);
        }
        assertThat(failure.hint()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void aDependencyIsFoundByItsKey() {
        var registry = new Dependency(Dependency.Kind.REGISTRY, "GHCR.io:443");

        assertThat(registry.key()).isEqualTo("registry:ghcr.io:443");
        assertThat(Dependency.parse(registry.key())).isEqualTo(registry);
        assertThat(registry.words()).isEqualTo("the registry 'ghcr.io:443'");
    }
}
