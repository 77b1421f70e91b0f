package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.log.LogLine;
import io.headrace.engine.log.Logs;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import io.headrace.web.http.EventStream;
import io.headrace.web.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's way through the logs of a run, from a place to the end of the run or of the one
 * attempt that is wanted.
 *
 * <p>A virtual thread for each open attempt reads its log and hands batches of lines over through a
 * short queue, so a slow reader slows the threads down and no line is kept for it. The thread that
 * calls {@link #writeTo} owns everything else: it looks at the run when something changed, writes
 * the events, and knows the place.
 */
final class RunFollowing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunFollowing.class);
    private static final int BATCH = 256;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Runs runs;
    private final Logs logs;
    private final RunId id;
    private final LogFilter filter;
    private final LogPlace place;
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(8);
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private final AutoCloseable subscription;
    private final List<Thread> readers = new ArrayList<>();

    /** Attempts that are over, whose logs can't grow even if nobody ended them. */
    private final Set<AttemptId> over = ConcurrentHashMap.newKeySet();

    private final Set<AttemptId> reading = new HashSet<>();
    private final Map<AttemptId, Source> sources = new HashMap<>();
    private final Map<String, String> shown = new HashMap<>();

    /** Read when the first line is there. */
    private Optional<Plan> plan = Optional.empty();

    private boolean planned;

    private record Source(RunDetail.Job job, RunDetail.Attempt attempt) {}

    private sealed interface News {

        /** The run is not what it was. */
        record Change() implements News {}

        record Lines(AttemptId attempt, List<LogLine> lines) implements News {}

        record Done(AttemptId attempt) implements News {}
    }

    RunFollowing(Runs runs, Logs logs, RunId id, LogFilter filter, LogPlace place) {
        this.runs = runs;
        this.logs = logs;
        this.id = id;
        this.filter = filter;
        this.place = place;
        this.subscription = runs.onChanged(this::noteChange);
    }

    private void noteChange(Set<RunId> runs) {
        if (runs.contains(id)) {
            changed.set(true);
            // With a full queue the writer is awake anyway, and looks at the flag soon.
            var _ = news.offer(new News.Change());
        }
    }

    /** Writes events until what is followed is over and all its lines are written. */
    void writeTo(EventStream events) throws IOException, InterruptedException {
        var ended = false;
        while (true) {
            if (changed.getAndSet(false)) {
                var run = look();
                ended = run.run().status().isTerminal() || isOver(filter.attempt());
                show(run, events);
            }
            if (ended && reading.isEmpty()) {
                place.finish();
                events.event("end", place.toString(), Json.text(Map.of("run", id.toString())));
                events.flush();
                return;
            }
            var next = news.poll();
            if (next == null) {
                events.flush();
                next = news.poll(events.untilHeartbeat(), TimeUnit.NANOSECONDS);
            }
            switch (next) {
                case null -> {}
                case News.Change _ -> {}
                case News.Lines lines -> write(lines, events);
                case News.Done done -> {
                    reading.remove(done.attempt());
                    place.finished(done.attempt());
                }
            }
            // Lines that come and are not wanted keep the stream as silent as none.
            if (events.keepAlive()) {
                // A net under the notifications: another controller may have moved the run on.
                changed.set(true);
            }
        }
    }

    private boolean isOver(@Nullable AttemptId attempt) {
        return attempt != null && over.contains(attempt);
    }

    private RunDetail look() {
        var run = runs.detail(id);
        var found = new ArrayList<AttemptId>();
        for (var job : run.jobs()) {
            for (var attempt : job.attempts()) {
                sources.put(attempt.id(), new Source(job, attempt));
                if (attempt.status().isTerminal()) {
                    over.add(attempt.id());
                }
                if (filter.wants(job)
                        && filter.wants(attempt.id())
                        && !reading.contains(attempt.id())) {
                    found.add(attempt.id());
                }
            }
        }
        place.begin(found).forEach(this::read);
        return run;
    }

    private void read(AttemptId attempt, long from) {
        reading.add(attempt);
        readers.add(Thread.ofVirtual().name("log-" + attempt).start(() -> readAll(attempt, from)));
    }

    private void readAll(AttemptId attempt, long from) {
        try (var follower = logs.follow(attempt, from)) {
            while (true) {
                var last = over.contains(attempt);
                var lines = follower.next(BATCH, PATIENCE);
                if (!lines.isEmpty()) {
                    news.put(new News.Lines(attempt, lines));
                } else if (last || follower.ended()) {
                    news.put(new News.Done(attempt));
                    return;
                }
            }
        } catch (InterruptedException e) {
            // The stream is closed; nobody waits for the rest.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The log of attempt {} can't be followed", attempt, e);
            tell(new News.Done(attempt));
        }
    }

    private void tell(News item) {
        try {
            news.put(item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(News.Lines batch, EventStream events) throws IOException {
        var source = sources.get(batch.attempt());
        if (source == null) {
            throw Refused.notFound("Attempt %s is gone".formatted(batch.attempt()));
        }
        for (var line : batch.lines()) {
            place.read(batch.attempt(), line.number());
            var step = stepName(source.job().key(), line.step());
            if (filter.wantsStep(line.step(), step)) {
                events.event(
                        "line",
                        place.toString(),
                        Json.text(LineEvent.of(id, source.job(), source.attempt(), step, line)));
            }
        }
    }

    /** Asks the plan: the attempt does not list a step before the store noted its start. */
    private @Nullable String stepName(String job, int index) {
        // Jobs that are generated come later than the first lines.
        if (!planned || plan.filter(known -> known.job(job).isEmpty()).isPresent()) {
            plan = runs.plan(id);
            planned = true;
        }
        return plan.flatMap(known -> known.job(job))
                .map(Plan.Job::steps)
                .filter(steps -> index >= 0 && index < steps.size())
                .map(steps -> steps.get(index).name())
                .orElse(null);
    }

    /** What became of a job or a run. */
    private record StatusEvent(
            String id,
            @Nullable String key,
            @Nullable String name,
            Status status,
            String reason,
            @Nullable String attempt) {}

    private void show(RunDetail run, EventStream events) throws IOException {
        for (var job : run.jobs()) {
            if (filter.wants(job)) {
                var attempt =
                        job.attempts().isEmpty() ? null : job.attempts().getLast().id().toString();
                show(
                        "job",
                        new StatusEvent(
                                job.id().toString(),
                                job.key(),
                                job.name(),
                                job.status(),
                                job.reason(),
                                attempt),
                        events);
            }
        }
        show(
                "run",
                new StatusEvent(
                        id.toString(), null, null, run.run().status(), run.run().reason(), null),
                events);
    }

    private void show(String name, StatusEvent status, EventStream events) throws IOException {
        var text = Json.text(status);
        if (!text.equals(shown.put(name + status.id(), text))) {
            events.event(name, null, text);
        }
    }

    @Override
    public void close() {
        readers.forEach(Thread::interrupt);
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException("A subscription can always be ended", e);
        }
    }
}
