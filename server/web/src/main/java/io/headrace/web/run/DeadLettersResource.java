package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.deadletter.DeadLetter;
import io.headrace.engine.deadletter.DeadLetterFilter;
import io.headrace.engine.deadletter.DeadLetterId;
import io.headrace.engine.deadletter.DeadLetters;
import io.headrace.engine.run.RunId;
import io.headrace.web.access.Caller;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters: listed, grouped by cause, explained, run again, dismissed. */
@Path("api/v1/dead-letters")
public final class DeadLettersResource {

    private final DeadLetters letters;

    public DeadLettersResource(DeadLetters letters) {
        this.letters = letters;
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists jobs that used up their attempts, newest first; those that are open by default.")
    public PageView<DeadLetterView> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("project") @Nullable String project,
            @QueryParam("group") @Nullable String group,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        var filter =
                new DeadLetterFilter(
                        state == null || state.isEmpty()
                                ? DeadLetter.State.OPEN
                                : state.equalsIgnoreCase("all")
                                        ? null
                                        : Query.constant("state", state, DeadLetter.State.class),
                        project,
                        group);
        return PageView.of(letters.list(filter, after, Query.limit(limit)), DeadLetterView::of);
    }

    @GET
    @Path("groups")
    @Needs(Permission.VIEW)
    @Doc("Lists the causes of open dead letters, the most frequent first.")
    public PageView<DeadLetterView.Group> groups() {
        return PageView.whole(letters.groups().stream().map(DeadLetterView.Group::of).toList());
    }

    /**
     * How many there are.
     *
     * @param open about which nobody has done anything
     */
    public record Depth(int open) {}

    @GET
    @Path("stats")
    @Needs(Permission.VIEW)
    @Doc("Counts open dead letters.")
    public Depth stats() {
        return new Depth(letters.depth());
    }

    @GET
    @Path("{id}")
    @Needs(Permission.VIEW)
    @Doc("Shows all that is known of a dead letter: its attempts, and the end of the last log.")
    public DeadLetterView.Summary show(@PathParam("id") String id) throws IOException {
        return DeadLetterView.Summary.of(letters.summary(id(id)));
    }

    @GET
    @Path("{id}/error.json")
    @Needs(Permission.VIEW)
    @Doc(
            value = "Downloads that as the file 'error-….json'.",
            answer = DeadLetterView.Summary.class)
    public Response download(@PathParam("id") String id) throws IOException {
        var summary = letters.summary(id(id));
        return Response.ok(DeadLetterView.Summary.of(summary), MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        Attachment.named("error-" + summary.letter().id() + ".json"))
                .build();
    }

    /**
     * Which are meant: those of {@code ids}; or those of a group, of a project, or of both; or
     * {@code all}.
     */
    public record Which(
            @Nullable List<String> ids,
            @Nullable String group,
            @Nullable String project,
            @Nullable Boolean all) {}

    /**
     * What came of it.
     *
     * @param done how many jobs
     * @param runs in which they run again
     * @param left why others were left as they are
     */
    public record Done(int done, List<String> runs, List<String> left) {

        static Done of(DeadLetters.Answer answer) {
            return new Done(
                    answer.done(),
                    answer.runs().stream().map(RunId::toString).toList(),
                    answer.left());
        }
    }

    @POST
    @Path("requeue")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.RUN)
    @Doc(
            "Has dead jobs run again with fresh tries: in their run if that goes on, else in a new"
                    + " run of what failed in it.")
    public Done requeue(@Context SecurityContext caller, @Nullable Which body) {
        var who = Caller.of(caller).name();
        var which = Query.body(body);
        return Done.of(
                which.ids() == null
                        ? letters.requeue(filter(which), who)
                        : letters.requeue(ids(which.ids()), who));
    }

    @POST
    @Path("dismiss")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.RUN)
    @Doc("Decides that nothing is to be done about dead letters.")
    public Done dismiss(@Context SecurityContext caller, @Nullable Which body) {
        var who = Caller.of(caller).name();
        var which = Query.body(body);
        return Done.of(
                which.ids() == null
                        ? letters.dismiss(filter(which), who)
                        : letters.dismiss(ids(which.ids()), who));
    }

    private static DeadLetterFilter filter(Which which) {
        var all = Boolean.TRUE.equals(which.all());
        if (!all && which.group() == null && which.project() == null) {
            throw Refused.invalid("Say which are meant: 'ids', 'group', 'project' or 'all'");
        }
        return DeadLetterFilter.open(which.project(), which.group());
    }

    private static List<DeadLetterId> ids(List<String> texts) {
        return texts.stream().map(DeadLettersResource::id).toList();
    }

    private static DeadLetterId id(String text) {
        return Query.id("dead letter", text, DeadLetterId::parse);
    }
}
