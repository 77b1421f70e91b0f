package io.headrace.store;

import io.headrace.engine.TimeId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.JobState;
import io.headrace.engine.run.RunId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives queued jobs to workers. Belongs to the writer's thread. */
final class Claiming {

    private final ReadyQueue ready;
    private final Vendor vendor;
    private final TimeId ids;
    private final HeldNeeds needs;

    Claiming(ReadyQueue ready, Vendor vendor, TimeId ids, HeldNeeds needs) {
        this.needs = needs;
        this.ready = ready;
        this.vendor = vendor;
        this.ids = ids;
    }

    List<Claim> claim(
            Transaction transaction,
            String worker,
            Collection<String> pools,
            Set<String> labels,
            int max,
            Duration lease)
            throws SQLException {
        var held = needs.held(transaction);
        var claims =
                take(transaction, worker, pools, HeldNeeds.abilities(labels, held), max, lease);
        for (var need : held) {
            if (claims.size() < max && needs.mayTry(transaction, need)) {
                var others = new HashSet<>(held);
                others.remove(need);
                var one =
                        take(
                                transaction,
                                worker,
                                pools,
                                HeldNeeds.abilities(labels, others),
                                1,
                                lease);
                for (var claim : one) {
                    needs.tries(transaction, need, claim.attempt());
                }
                claims.addAll(one);
            }
        }
        return claims;
    }

    private List<Claim> take(
            Transaction transaction,
            String worker,
            Collection<String> pools,
            Set<String> labels,
            int max,
            Duration lease)
            throws SQLException {
        var claims = new ArrayList<Claim>();
        var started = new HashSet<Long>();
        var tried = new HashSet<Long>();
        while (claims.size() < max) {
            var picked = ready.pick(transaction, pools, labels, max - claims.size());
            if (!tried.addAll(picked)) {
                break; // Nothing, or only what another controller is busy with.
            }
            for (var attempt : picked) {
                var live = LiveRow.find(transaction.sql(), attempt);
                if (live.isEmpty() || live.get().fence() != null) {
                    continue; // It was cancelled while it waited.
                }
                var run = live.get().place().run();
                if (started.contains(run) || vendor.startRun(transaction, run)) {
                    started.add(run);
                    claims.add(claim(transaction, live.get(), worker, lease));
                }
            }
        }
        return claims;
    }

    private Claim claim(Transaction transaction, LiveRow live, String worker, Duration lease)
            throws SQLException {
        var sql = transaction.sql();
        // Another controller's transaction may have begun later than ours and still have made this
        // attempt before: an attempt does not start before it is there.
        var now = Times.later(transaction.now(), live.createdAt());
        var fence = ids.next();
        var until = now.plus(lease);
        Conflicts.expect(
                sql.update(
                        "update live set worker = ?, fence = ?, lease_until = ?, started_at = ?"
                                + " where attempt_id = ? and fence is null",
                        Texts.fit(worker, 500),
                        fence,
                        until,
                        now,
                        live.attempt()),
                "attempt",
                live.attempt());
        JobChanges.start(sql, live.place().job(), new JobState.Queued().start(), now);
        ready.claimed(transaction, live);
        transaction.changed(new RunId(live.place().run()));
        return live.claim(fence, until);
    }
}
