package io.headrace.web.run;

import io.headrace.engine.retry.ErrorType;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.retry.FailureCategory;
import io.headrace.engine.retry.RetryClass;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed.
 *
 * @param retryClass what {@code retry_on} names; left out for what nobody foresaw
 * @param category what it takes to get over it
 * @param type whose to fix it is
 * @param hint what to do about it
 */
public record FailureView(
        Failure kind,
        @Nullable RetryClass retryClass,
        FailureCategory category,
        ErrorType type,
        String hint) {

    static FailureView of(Failure failure) {
        return new FailureView(
                failure,
                failure.retryClass(),
                failure.category(),
                failure.errorType(),
                failure.hint());
    }

    static @Nullable FailureView ofNullable(@Nullable Failure failure) {
        return failure == null ? null : of(failure);
    }
}
