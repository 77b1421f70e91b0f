package io.headrace.web.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.log.LogQuery;
import io.headrace.engine.log.LogReader;
import io.headrace.engine.log.Logs;
import io.headrace.engine.log.StepRange;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Status;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Json;
import io.headrace.web.http.Query;
import io.headrace.web.http.Streaming;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attempts and their logs. */
@Path("api/v1/attempts/{id}")
public final class AttemptsResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final String INLINE = "inline";
    private static final long DEFAULT_LIMIT = 1000;
    private static final long NO_LIMIT = 1_000_000_000_000L;

    private final Runs runs;
    private final Logs logs;

    public AttemptsResource(Runs runs, Logs logs) {
        this.runs = runs;
        this.logs = logs;
    }

    /**
     * An attempt and the extent of its log.
     *
     * @param lines how many there are so far
     * @param size of the text in bytes
     * @param complete whether no line can follow
     * @param expired whether the log is deleted, since its time was over
     * @param steps ranges of lines by step
     */
    public record Attempt(
            String id,
            String run,
            String job,
            String key,
            int number,
            Status status,
            long lines,
            long size,
            boolean complete,
            boolean expired,
            List<StepRange> steps) {}

    @GET
    @Needs(Permission.VIEW)
    @Doc("Shows an attempt, and how long its log is.")
    public Attempt show(@PathParam("id") String text) throws IOException {
        var id = Query.id("attempt", text, AttemptId::parse);
        var place = runs.place(id).orElseThrow(() -> unknown(text));
        try (var log = logs.read(id).orElse(null)) {
            return new Attempt(
                    text,
                    place.run().toString(),
                    place.job().toString(),
                    place.key(),
                    place.number(),
                    place.status(),
                    log == null ? 0 : log.lines(),
                    log == null ? 0 : log.size(),
                    log == null ? place.status().isTerminal() : log.complete(),
                    log == null && expired(place),
                    log == null ? List.of() : log.steps());
        }
    }

    @GET
    @Path("log")
    @Produces(NDJSON)
    @Needs(Permission.VIEW)
    @Doc(
            value =
                    "Gives lines of a log, one JSON object each. A negative 'from' counts from the end.",
            answer = LineView.class)
    public void lines(
            @Suspended AsyncResponse response,
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("limit") @Nullable String limit) {
        var first = Query.number("from", from, 1, -NO_LIMIT, NO_LIMIT);
        var count = Query.number("limit", limit, DEFAULT_LIMIT, 1, NO_LIMIT);
        answer(
                response,
                id,
                NDJSON,
                INLINE,
                (log, out) ->
                        new LineWriter(log)
                                .write(
                                        first,
                                        count,
                                        line -> {
                                            out.write(Json.text(LineView.of(line)).getBytes(UTF_8));
                                            out.write('\n');
                                        }));
    }

    @GET
    @Path("log")
    @Produces(MediaType.TEXT_PLAIN)
    @Needs(Permission.VIEW)
    @Doc(value = "Gives the text of a log: all of it, or some lines.", answer = String.class)
    public void text(
            @Suspended AsyncResponse response,
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("limit") @Nullable String limit) {
        var whole = from == null && limit == null;
        var first = Query.number("from", from, 1, -NO_LIMIT, NO_LIMIT);
        var count = Query.number("limit", limit, NO_LIMIT, 1, NO_LIMIT);
        answer(
                response,
                id,
                TEXT,
                INLINE,
                (log, out) -> {
                    if (whole) {
                        log.writeText(out);
                    } else {
                        new LineWriter(log)
                                .write(
                                        first,
                                        count,
                                        line -> {
                                            out.write(line.text().getBytes(UTF_8));
                                            out.write('\n');
                                        });
                    }
                });
    }

    @GET
    @Path("log.txt")
    @Produces(MediaType.TEXT_PLAIN)
    @Needs(Permission.VIEW)
    @Doc(value = "Downloads the text of a log.", answer = String.class)
    public void download(@Suspended AsyncResponse response, @PathParam("id") String id) {
        answer(
                response,
                id,
                TEXT,
                "attachment; filename=\"" + name(id) + "\"",
                LogReader::writeText);
    }

    private String name(String id) {
        var place =
                runs.place(Query.id("attempt", id, AttemptId::parse))
                        .orElseThrow(() -> unknown(id));
        return "%s-%d.txt".formatted(place.key(), place.number());
    }

    /**
     * What a search found.
     *
     * @param next number of the line where the search goes on; left out at the end
     */
    public record Found(List<LineView> items, @Nullable Long next) {}

    @GET
    @Path("log/search")
    @Needs(Permission.VIEW)
    @Doc("Finds lines of a log that hold a text.")
    public Found search(
            @PathParam("id") String id,
            @QueryParam("q") @Nullable String query,
            @QueryParam("ignoreCase") @Nullable String ignoreCase,
            @QueryParam("from") @Nullable String from,
            @QueryParam("limit") @Nullable String limit)
            throws IOException {
        if (query == null || query.isEmpty()) {
            throw Refused.invalid("'q' is missing; say what to look for");
        }
        var first = Query.number("from", from, 1, 1, NO_LIMIT);
        try (var log = open(id).orElse(null)) {
            if (log == null) {
                return new Found(List.of(), null);
            }
            var wanted = new LogQuery(query, Query.flag("ignoreCase", ignoreCase));
            var found = log.search(wanted, first, Query.limit(limit));
            return new Found(
                    found.lines().stream().map(LineView::of).toList(),
                    found.next() == 0 ? null : found.next());
        }
    }

    private interface Writing {

        void write(LogReader log, java.io.OutputStream out) throws IOException;
    }

    private void answer(
            AsyncResponse response, String id, String type, String disposition, Writing writing) {
        Streaming.answer(
                response,
                () -> {
                    var log = open(id);
                    StreamingOutput body =
                            out -> {
                                if (log.isPresent()) {
                                    try (var reader = log.get()) {
                                        writing.write(reader, out);
                                    }
                                }
                            };
                    return Response.ok(Streaming.body(body), type)
                            .header(HttpHeaders.CONTENT_DISPOSITION, disposition)
                            .header("X-Headrace-Lines", log.map(LogReader::lines).orElse(0L))
                            .header(
                                    "X-Headrace-Complete",
                                    log.map(LogReader::complete).orElse(false))
                            .build();
                });
    }

    private Optional<LogReader> open(String text) throws IOException {
        var id = Query.id("attempt", text, AttemptId::parse);
        var place = runs.place(id).orElseThrow(() -> unknown(text));
        var log = logs.read(id);
        if (log.isEmpty() && expired(place)) {
            throw new Refused(
                    Refused.Why.GONE,
                    "The log of attempt %d of '%s' has expired and is deleted; what became of its steps is kept"
                            .formatted(place.number(), place.key()));
        }
        return log;
    }

    /** Each attempt that began has a log, until it is deleted. */
    private static boolean expired(RunStore.AttemptPlace place) {
        return place.status().isTerminal() && place.startedAt() != null;
    }

    private static Refused unknown(String id) {
        return Refused.notFound("There is no attempt '%s'".formatted(id));
    }
}
