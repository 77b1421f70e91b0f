package io.headrace.language.explain;

import io.headrace.language.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chain of jobs that takes longest.
 *
 * @param ids first to last; empty if nothing runs
 * @param seconds that it takes
 * @param speedUp all jobs' time ÷ the chain's
 */
record LongestChain(List<String> ids, double seconds, double speedUp) {

    private record Reached(double time, @Nullable String before) {}

    /** Takes time linear in jobs and edges, and no recursion. */
    static LongestChain of(Plan plan, Map<String, Duration> past) {
        var jobs = new HashMap<String, Plan.Job>();
        plan.jobs().forEach(job -> jobs.put(job.id(), job));
        var reached = new HashMap<String, Reached>();
        double all = 0;
        String last = null;
        double longest = 0;
        for (var level : plan.levels()) {
            for (var id : level) {
                var job = jobs.get(id);
                if (job == null) {
                    continue;
                }
                double own = time(job, past);
                var end = after(job, own, reached);
                reached.put(id, end);
                all += own;
                if (end.time() > longest) {
                    longest = end.time();
                    last = id;
                }
            }
        }
        var ids = new ArrayList<String>();
        for (var id = last; id != null; ) {
            var job = jobs.get(id);
            if (job != null && time(job, past) > 0) {
                ids.add(id);
            }
            var at = reached.get(id);
            id = at == null ? null : at.before();
        }
        Collections.reverse(ids);
        return new LongestChain(List.copyOf(ids), longest, longest == 0 ? 1 : all / longest);
    }

    private static Reached after(Plan.Job job, double own, Map<String, Reached> reached) {
        double start = 0;
        String before = null;
        for (var need : job.needs()) {
            var end = reached.get(need);
            if (end != null && end.time() > start) {
                start = end.time();
                before = need;
            }
        }
        return new Reached(start + own, before);
    }

    /** A job that nobody has measured takes as long as any other: one second. */
    private static double time(Plan.Job job, Map<String, Duration> past) {
        if (job.condition().verdict() == Plan.Condition.Verdict.SKIPPED) {
            return 0;
        }
        var known = past.getOrDefault(job.id(), past.get(job.baseName()));
        return known == null ? 1 : known.toMillis() / 1000.0;
    }
}
