package io.headrace.web.run;

import io.headrace.engine.run.ExpectedEnd;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Runs;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows runs with what their plan and their event say. Those never change, but for jobs that come
 * to a plan when they are generated; and pages ask again and again while a run goes on, so what is
 * shown of the latest ones is remembered. Any number of threads may use it.
 */
final class RunDetails {

    private static final int REMEMBERED = 32;

    private final Runs runs;
    private final Map<RunId, Facts> recent =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<RunId, Facts> eldest) {
                            return size() > REMEMBERED;
                        }
                    });

    /**
     * What does not change about a run.
     *
     * @param terms of its jobs by key
     * @param past how long its jobs took before; none if it is over
     */
    private record Facts(
            Map<String, JobView.Terms> terms,
            Map<String, String> parameters,
            Map<String, Duration> past) {}

    RunDetails(Runs runs) {
        this.runs = runs;
    }

    /**
     * @throws io.headrace.engine.Refused if there is no such run
     */
    RunView show(RunId id) {
        var detail = runs.detail(id);
        var facts = facts(detail);
        return RunView.of(
                detail,
                jobs(detail),
                facts.parameters(),
                ExpectedEnd.of(detail, facts.past()).orElse(null));
    }

    /**
     * @throws io.headrace.engine.Refused if there is no such run
     */
    List<JobView> jobs(RunId id) {
        return jobs(runs.detail(id));
    }

    private List<JobView> jobs(RunDetail detail) {
        if (detail.jobs().isEmpty()) {
            return List.of();
        }
        var terms = facts(detail).terms();
        return detail.jobs().stream()
                .map(job -> JobView.of(job, terms.getOrDefault(job.key(), JobView.Terms.NONE)))
                .toList();
    }

    private Facts facts(RunDetail detail) {
        var id = detail.run().id();
        var known = recent.get(id);
        // Jobs that were generated came later than those that are known.
        if (known == null || known.terms().size() < detail.jobs().size()) {
            known = new Facts(terms(id), parameters(id), past(detail.run()));
            recent.put(id, known);
        }
        return known;
    }

    private Map<String, JobView.Terms> terms(RunId id) {
        var terms = new HashMap<String, JobView.Terms>();
        for (var job : runs.plan(id).map(Plan::jobs).orElse(List.of())) {
            terms.put(job.id(), JobView.Terms.of(job));
        }
        return terms;
    }

    private Map<String, Duration> past(RunSummary run) {
        return run.status().isTerminal() ? Map.of() : runs.pastTimes(run.projectId());
    }

    private Map<String, String> parameters(RunId id) {
        return runs.event(id).map(PlanEvent::parameters).orElse(Map.of());
    }
}
