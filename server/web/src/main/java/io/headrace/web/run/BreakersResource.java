package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.breaker.Breaker;
import io.headrace.engine.breaker.BreakerLimits;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.retry.Dependency;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What jobs need beside a worker, and whether it is used just now. */
@Path("api/v1/breakers")
public final class BreakersResource {

    private final BreakerStore breakers;

    public BreakersResource(BreakerStore breakers) {
        this.breakers = breakers;
    }

    /**
     * What is known of something outside that jobs need.
     *
     * @param id such as {@code executor:docker}
     * @param name in words
     * @param state {@code OPEN} and {@code HALF_OPEN}: jobs that need it are held
     * @param failures in a row
     * @param failureThreshold failures in a row that open it
     * @param successes in a row since it was tried again
     * @param successThreshold successes in a row that close it
     * @param timeout seconds before a job tries it
     * @param failure of the last time that it did not work
     * @param reason of that
     * @param opened how often it was given up
     * @param changedAt since when it is in that state
     * @param tryAt from when on a job may try it; left out while it is closed
     */
    public record BreakerView(
            String id,
            String name,
            Breaker.State state,
            int failures,
            int failureThreshold,
            int successes,
            int successThreshold,
            long timeout,
            FailureView failure,
            String reason,
            int opened,
            Instant changedAt,
            @Nullable Instant lastFailureAt,
            @Nullable Instant tryAt) {

        static BreakerView of(Breaker breaker) {
            var limits = BreakerLimits.of(breaker.failure());
            return new BreakerView(
                    breaker.dependency().key(),
                    breaker.dependency().words(),
                    breaker.state(),
                    breaker.failures(),
                    limits.failures(),
                    breaker.successes(),
                    limits.successes(),
                    limits.timeout().toSeconds(),
                    FailureView.of(breaker.failure()),
                    breaker.reason(),
                    breaker.opened(),
                    breaker.changedAt(),
                    breaker.lastFailureAt(),
                    breaker.tryAt());
        }
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists what jobs need beside a worker and what failed before, and whether it is used.")
    public PageView<BreakerView> list() {
        return PageView.whole(breakers.list().stream().map(BreakerView::of).toList());
    }

    /** What came of a wish to close one. */
    public record Reset(boolean success) {}

    @POST
    @Path("{id}/reset")
    @Needs(Permission.ADMINISTER)
    @Doc("Closes a breaker: jobs that it held are taken again.")
    public Reset reset(@PathParam("id") String id) {
        var dependency = Query.id("breaker", id, Dependency::parse);
        if (!breakers.reset(dependency)) {
            throw Refused.notFound("There is no breaker '%s'".formatted(id));
        }
        return new Reset(true);
    }
}
