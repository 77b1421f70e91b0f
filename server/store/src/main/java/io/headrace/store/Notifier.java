package io.headrace.store;

import io.headrace.engine.run.RunId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what commits changed, from a thread of its own. What comes while listeners are
 * busy is told together. A listener that throws is logged and hurts nobody.
 */
final class Notifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Runnable> ofQueue = new CopyOnWriteArrayList<>();
    private final List<Consumer<Set<RunId>>> ofRuns = new CopyOnWriteArrayList<>();
    private final List<Consumer<Set<RunId>>> ofStops = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread thread;
    private Set<RunId> changed = new HashSet<>();
    private Set<RunId> stopped = new HashSet<>();
    private boolean queued;
    private boolean closed;

    private volatile @Nullable Wakeups others;

    /** When delayed jobs become due, by {@link System#nanoTime}. */
    private long due = NEVER;

    Notifier() {
        this.thread = Thread.ofVirtual().name("headrace-store-notifier").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    void onQueued(Runnable listener) {
        ofQueue.add(listener);
    }

    void onChanged(Consumer<Set<RunId>> listener) {
        ofRuns.add(listener);
    }

    void onStopped(Consumer<Set<RunId>> listener) {
        ofStops.add(listener);
    }

    /** Has {@code elsewhere} told of all that is committed here. */
    void tellToo(Wakeups elsewhere) {
        others = elsewhere;
    }

    /** Notes what other controllers committed. */
    void heard(Set<RunId> runs, boolean jobs) {
        note(runs, jobs);
    }

    void changed(Set<RunId> runs) {
        if (!runs.isEmpty()) {
            note(runs, false);
            tellOthers(runs, false);
        }
    }

    private void tellOthers(Set<RunId> runs, boolean jobs) {
        var elsewhere = others;
        if (elsewhere != null) {
            elsewhere.tell(runs, jobs);
        }
    }

    /** Notes that what is under way of these runs is to stop. */
    void stopped(Set<RunId> runs) {
        heardStopped(runs);
        var elsewhere = others;
        if (elsewhere != null) {
            elsewhere.tellStopped(runs);
        }
    }

    /** Notes what other controllers want to stop. */
    void heardStopped(Set<RunId> runs) {
        lock.lock();
        try {
            stopped.addAll(runs);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void note(Set<RunId> runs, boolean jobs) {
        lock.lock();
        try {
            changed.addAll(runs);
            queued |= jobs;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that there are jobs to claim, now or after {@code delay}. */
    void queued(Duration delay) {
        if (!delay.isPositive()) {
            note(Set.of(), true);
            tellOthers(Set.of(), true);
            return;
        }
        lock.lock();
        try {
            due = Math.min(due, System.nanoTime() + delay.toNanos());
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (true) {
            Set<RunId> runs;
            Set<RunId> ended;
            boolean jobs;
            lock.lock();
            try {
                awaitNews();
                if (closed) {
                    return;
                }
                runs = changed;
                changed = new HashSet<>();
                ended = stopped;
                stopped = new HashSet<>();
                jobs = queued;
                queued = false;
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            if (jobs) {
                ofQueue.forEach(listener -> tell(listener));
            }
            if (!ended.isEmpty()) {
                var told = Set.copyOf(ended);
                ofStops.forEach(listener -> tell(() -> listener.accept(told)));
            }
            if (!runs.isEmpty()) {
                var told = Set.copyOf(runs);
                ofRuns.forEach(listener -> tell(() -> listener.accept(told)));
            }
        }
    }

    private void awaitNews() throws InterruptedException {
        while (!closed && !queued && changed.isEmpty() && stopped.isEmpty()) {
            if (due == NEVER) {
                news.await();
                continue;
            }
            var left = due - System.nanoTime();
            if (left <= 0) {
                due = NEVER;
                queued = true;
            } else {
                news.awaitNanos(left);
            }
        }
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("A listener of the store failed", e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }
}
