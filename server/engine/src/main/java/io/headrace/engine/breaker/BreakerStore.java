package io.headrace.engine.breaker;

import io.headrace.engine.retry.Dependency;
import io.headrace.engine.retry.Failure;
import java.util.List;

/** Keeps breakers. Each method is one transaction; times are the database's. */
public interface BreakerStore {

    /** Notes that a dependency did not work; enough in a row open its breaker. */
    void failed(Dependency dependency, Failure failure, String reason);

    /** Notes that a dependency worked. Costs nothing as long as nothing is known against it. */
    void succeeded(Dependency dependency);

    /** Lists those that ever failed, by their keys. */
    List<Breaker> list();

    /**
     * Closes a breaker, because somebody knows better.
     *
     * @return false if there is none
     */
    boolean reset(Dependency dependency);
}
