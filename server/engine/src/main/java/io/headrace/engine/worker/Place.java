package io.headrace.engine.worker;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionRequest;
import io.headrace.api.Executor;
import io.headrace.engine.StoreException;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.retry.Dependency;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.retry.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a job's place, and tells the executor's breaker whether it could. */
final class Place {

    private static final Logger LOG = LoggerFactory.getLogger(Place.class);

    private final Executor executor;
    private final BreakerStore breakers;

    Place(Executor executor, BreakerStore breakers) {
        this.executor = executor;
        this.breakers = breakers;
    }

    Execution open(ExecutionRequest request) throws ExecutionException, InterruptedException {
        try {
            var execution = executor.open(request);
            tell(() -> breakers.succeeded(dependency()));
            return execution;
        } catch (ExecutionException e) {
            // A registry that does not answer is not the engine's fault: the executor knows.
            if (Failures.of(e) == Failure.SERVICE_DOWN && executor.unavailable().isPresent()) {
                tell(() -> breakers.failed(dependency(), Failure.SERVICE_DOWN, e.getMessage()));
            }
            throw e;
        }
    }

    private Dependency dependency() {
        return new Dependency(Dependency.Kind.EXECUTOR, executor.type());
    }

    /** The attempt goes its way whether or not that can be written. */
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (StoreException e) {
            LOG.warn("What is known of an executor can't be written", e);
        }
    }
}
