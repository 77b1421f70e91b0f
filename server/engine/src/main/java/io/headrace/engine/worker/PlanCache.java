package io.headrace.engine.worker;

import io.headrace.engine.Refused;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.RunSummary;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Plans of the runs that were worked on last. Neither a plan nor an event ever changes, but for a
 * plan whose rest is yet to be generated: that one is read each time.
 */
final class PlanCache {

    private static final int REMEMBERED = 256;

    private final RunStore store;
    private final Map<RunId, Known> known =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<RunId, Known> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Known(Plan plan, PlanEvent event, RunSummary summary) {}

    PlanCache(RunStore store) {
        this.store = store;
    }

    Plan plan(RunId run) {
        return known(run).plan();
    }

    PlanEvent event(RunId run) {
        return known(run).event();
    }

    /** Returns the run as it was once: only what never changes of it is right. */
    RunSummary summary(RunId run) {
        return known(run).summary();
    }

    /** Takes what a caller knows anyway, so that it need not be read. */
    void remember(RunSummary summary, Plan plan, PlanEvent event) {
        remember(summary.id(), new Known(plan, event, summary));
    }

    private Known known(RunId run) {
        synchronized (known) {
            var found = known.get(run);
            if (found != null) {
                return found;
            }
        }
        Supplier<Refused> gone = () -> Refused.notFound("Run " + run + " was deleted");
        var read =
                new Known(
                        store.plan(run).orElseThrow(gone),
                        store.event(run).orElseThrow(gone),
                        store.find(run).orElseThrow(gone));
        remember(run, read);
        return read;
    }

    private void remember(RunId run, Known read) {
        if (read.plan().terms().isOpen()) {
            return;
        }
        synchronized (known) {
            known.put(run, read);
        }
    }
}
