package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Runs;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.EventStream;
import io.headrace.web.http.Json;
import io.headrace.web.http.Streaming;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Changes of runs, for lists that are to stay up to date. */
@Path("api/v1/runs/events")
public final class RunEventsResource {

    private final Runs runs;
    private final Duration heartbeat;

    /**
     * @param heartbeat how long a stream may stay silent
     */
    public RunEventsResource(Runs runs, Duration heartbeat) {
        this.runs = runs;
        this.heartbeat = heartbeat;
    }

    @GET
    @Produces(EventStream.MEDIA_TYPE)
    @Needs(Permission.VIEW)
    @Doc(
            value =
                    "Streams runs that change, as events 'run'. Changes that come fast are joined; nothing of the past is sent.",
            answer = RunView.class)
    public void follow(
            @Suspended AsyncResponse response, @QueryParam("project") @Nullable String project) {
        Streaming.answer(
                response,
                () -> {
                    StreamingOutput body = out -> follow(new EventStream(out, heartbeat), project);
                    return Response.ok(Streaming.body(body), EventStream.MEDIA_TYPE)
                            .header("X-Accel-Buffering", "no")
                            .build();
                });
    }

    private void follow(EventStream events, @Nullable String project) throws IOException {
        var changes = new Changes();
        try (var _ = runs.onChanged(changes::add)) {
            while (true) {
                for (var id : changes.take(events.untilHeartbeat())) {
                    var run =
                            runs.find(id)
                                    .filter(r -> project == null || r.project().equals(project));
                    if (run.isPresent()) {
                        events.event("run", null, Json.text(RunView.of(run.get())));
                    }
                }
                events.flush();
                events.keepAlive();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A subscription can always be ended", e);
        }
    }

    /** Ids of runs that changed and were not told yet: at most one for each run. */
    private static final class Changes {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition some = lock.newCondition();
        private Set<RunId> ids = new LinkedHashSet<>();

        void add(Set<RunId> changed) {
            lock.lock();
            try {
                ids.addAll(changed);
                some.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Waits for changes; returns none if there are none for so long. */
        Set<RunId> take(long nanos) throws InterruptedException {
            lock.lock();
            try {
                var left = nanos;
                while (ids.isEmpty() && left > 0) {
                    left = some.awaitNanos(left);
                }
                var taken = ids;
                ids = new LinkedHashSet<>();
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }
}
