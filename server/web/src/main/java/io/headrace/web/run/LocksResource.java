package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.lock.LockStore;
import io.headrace.engine.lock.LockView;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who has a lock, and who waits for it. */
@Path("api/v1/locks")
public final class LocksResource {

    private final LockStore locks;

    public LocksResource(LockStore locks) {
        this.locks = locks;
    }

    /**
     * A lock of jobs, or a group of runs.
     *
     * @param kind {@code LOCK} or {@code GROUP}
     * @param project that it belongs to; null if all share it
     * @param holders oldest first
     * @param waiters in the order in which they get it
     */
    public record Lock(
            String kind,
            String name,
            @Nullable String project,
            List<Owner> holders,
            List<Owner> waiters) {

        static Lock of(LockView view) {
            return new Lock(
                    view.kind().name(),
                    view.name(),
                    view.project(),
                    view.holders().stream().map(Owner::of).toList(),
                    view.waiters().stream().map(Owner::of).toList());
        }
    }

    /**
     * A run or a job.
     *
     * @param job key of the job; null if it is the run as a whole
     * @param since when it got it, or began to wait
     */
    public record Owner(
            String run, String project, long runNumber, @Nullable String job, Instant since) {

        static Owner of(LockView.Owner owner) {
            return new Owner(
                    owner.run().toString(),
                    owner.project(),
                    owner.runNumber(),
                    owner.job(),
                    owner.since());
        }
    }

    /** What is held or waited for, by name. */
    public record Locks(List<Lock> items) {}

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists locks of jobs and groups of runs that somebody has or waits for.")
    public Locks list() {
        return new Locks(locks.list().stream().map(Lock::of).toList());
    }
}
