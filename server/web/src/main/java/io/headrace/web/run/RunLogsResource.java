package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.log.Logs;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Runs;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.EventStream;
import io.headrace.web.http.Query;
import io.headrace.web.http.Streaming;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The logs of a run, as they grow. */
@Path("api/v1/runs/{id}/logs")
public final class RunLogsResource {

    private static final long MOST_LINES = 1_000_000_000_000L;

    private final Runs runs;
    private final Logs logs;
    private final Duration heartbeat;

    /**
     * @param heartbeat how long a stream may stay silent
     */
    public RunLogsResource(Runs runs, Logs logs, Duration heartbeat) {
        this.runs = runs;
        this.logs = logs;
        this.heartbeat = heartbeat;
    }

    @GET
    @Produces(EventStream.MEDIA_TYPE)
    @Needs(Permission.VIEW)
    @Doc(
            value =
                    "Streams the lines of all attempts of a run, or of one from a line on, and what becomes of its jobs: events line, job, run and end. Last-Event-ID goes on where a stream broke.",
            answer = LineEvent.class)
    public void follow(
            @Suspended AsyncResponse response,
            @PathParam("id") String id,
            @QueryParam("job") @Nullable String job,
            @QueryParam("step") @Nullable String step,
            @QueryParam("attempt") @Nullable String attempt,
            @QueryParam("from") @Nullable String from,
            @HeaderParam("Last-Event-ID") @Nullable String last) {
        var run = RunsResource.id(id);
        var only = attempt == null ? null : Query.id("attempt", attempt, AttemptId::parse);
        var place = place(last == null ? "" : last, only, from);
        Streaming.answer(
                response,
                () -> {
                    runs.detail(run);
                    if (only != null && !isOf(run, only)) {
                        throw Refused.notFound("Run %s has no attempt %s".formatted(run, only));
                    }
                    if (place.atEnd()) {
                        return Response.noContent().build();
                    }
                    StreamingOutput body =
                            out -> {
                                try (var following =
                                        new RunFollowing(
                                                runs,
                                                logs,
                                                run,
                                                LogFilter.of(job, step, only),
                                                place)) {
                                    following.writeTo(new EventStream(out, heartbeat));
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            };
                    return Response.ok(Streaming.body(body), EventStream.MEDIA_TYPE)
                            .header("X-Accel-Buffering", "no")
                            .build();
                });
    }

    private boolean isOf(RunId run, AttemptId attempt) {
        return runs.place(attempt).map(place -> place.run().equals(run)).orElse(false);
    }

    /** A stream that broke has come further than the line that it was begun with. */
    private static LogPlace place(String last, @Nullable AttemptId attempt, @Nullable String from) {
        if (from == null) {
            return LogPlace.parse(last);
        }
        if (attempt == null) {
            throw Refused.invalid("'from' counts the lines of one attempt; add 'attempt'");
        }
        var first = Query.number("from", from, 1, 1, MOST_LINES);
        return last.isEmpty() ? LogPlace.before(attempt, first) : LogPlace.parse(last);
    }
}
