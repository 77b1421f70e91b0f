package io.headrace.engine.worker;

import io.headrace.engine.Refused;
import io.headrace.engine.project.Project;
import io.headrace.engine.queue.PoolRules;
import io.headrace.engine.queue.PoolView;
import io.headrace.engine.queue.QueueStore;
import io.headrace.engine.queue.Share;
import io.headrace.engine.queue.WantedWorkers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;

/** The pools: how much there is to do in each, who does it, and what is set. */
public final class Pools {

    private final QueueStore store;
    private final Workers workers;
    private final InstantSource clock;
    private final WantedWorkers wanted;

    public Pools(QueueStore store, Workers workers, InstantSource clock) {
        this.store = store;
        this.workers = workers;
        this.clock = clock;
        this.wanted = new WantedWorkers(clock);
    }

    /**
     * Lists, by name, pools in which anything waits or runs, that a worker serves, or with rules.
     */
    public List<PoolView> list() {
        var online = workers.list().stream().filter(WorkerView::online).toList();
        var loads = new HashMap<String, QueueStore.Load>();
        store.loads().forEach(load -> loads.put(load.pool(), load));
        var rules = new HashMap<String, PoolRules>();
        store.rules().forEach(rule -> rules.put(rule.pool(), rule));
        var names = new TreeSet<>(loads.keySet());
        names.addAll(rules.keySet());
        online.forEach(worker -> names.addAll(worker.pools()));
        return names.stream()
                .map(name ->
                        view(
                                loads.getOrDefault(name, new QueueStore.Load(name, 0, 0, null)),
                                rules.getOrDefault(name, PoolRules.standard(name)),
                                online))
                .toList();
    }

    private PoolView view(QueueStore.Load load, PoolRules rules, List<WorkerView> online) {
        var serving =
                online.stream().filter(worker -> worker.pools().contains(load.pool())).toList();
        var age =
                load.oldest() == null
                        ? Duration.ZERO
                        : Duration.between(load.oldest(), clock.instant());
        return new PoolView(
                load.pool(),
                load.queued(),
                load.oldest(),
                age.isNegative() ? Duration.ZERO : age,
                load.running(),
                serving.size(),
                serving.stream().mapToInt(WorkerView::slots).sum(),
                wanted.of(rules, load.queued() + load.running(), serving.size()),
                rules);
    }

    /** Returns what a project may have. */
    public Share share(Project project) {
        return store.share(project.id());
    }

    /**
     * Sets what a project may have, on all controllers.
     *
     * @throws Refused if it was just deleted
     */
    public void share(Project project, Share share) {
        if (!store.share(project.id(), share)) {
            throw Refused.notFound("There is no project '%s' any more".formatted(project.name()));
        }
    }

    /** Returns what holds for a pool. */
    public PoolRules rules(String pool) {
        return store.rules().stream()
                .filter(rules -> rules.pool().equals(pool))
                .findFirst()
                .orElseGet(() -> PoolRules.standard(pool));
    }

    /** Sets what holds for a pool, on all controllers. */
    public void set(PoolRules rules) {
        store.rule(rules);
    }

    /** Has the standard hold for a pool again; does nothing if it did. */
    public void reset(String pool) {
        store.forgetRule(pool);
    }
}
