package io.headrace.e2e.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.headrace.e2e.chaos.Checker.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a trial.
 *
 * @param runs that were accepted
 * @param jobs of these runs
 * @param states how many runs ended in each state
 * @param errors why attempts could not be run, and how often
 * @param faults how many there were of each kind
 * @param starts of processes
 * @param seconds that all took
 * @param secondsOfPeace from the last fault to the end of the last run
 * @param findings empty if the history holds
 */
public record Report(
        ChaosTrial.Plan plan,
        int runs,
        int jobs,
        int attempts,
        int marks,
        int sightings,
        Map<String, Integer> states,
        Map<String, Integer> errors,
        Map<String, Integer> faults,
        int starts,
        long seconds,
        long secondsOfPeace,
        List<String> findings) {

    static Report of(
            ChaosTrial.Plan plan,
            History history,
            Map<Faults.Kind, Integer> faults,
            int starts,
            Duration time,
            Duration peace) {
        var states = new TreeMap<String, Integer>();
        var errors = new TreeMap<String, Integer>();
        var jobs = 0;
        var attempts = 0;
        for (var run : history.runs().values()) {
            states.merge(run.status(), 1, Integer::sum);
            for (var job : run.jobs()) {
                jobs++;
                for (var attempt : job.attempts()) {
                    attempts++;
                    if (attempt.status().equals("ERRORED")) {
                        errors.merge(attempt.reason(), 1, Integer::sum);
                    }
                }
            }
        }
        var byKind = new LinkedHashMap<String, Integer>();
        for (var kind : Faults.Kind.values()) {
            if (faults.containsKey(kind)) {
                byKind.put(kind.words(), faults.get(kind));
            }
        }
        return new Report(
                plan,
                history.runs().size(),
                jobs,
                attempts,
                history.effects().size(),
                history.sightings().size(),
                states,
                errors,
                byKind,
                starts,
                time.toSeconds(),
                peace.toSeconds(),
                Checker.check(history).stream().map(Finding::toString).toList());
    }

    /** Returns whether the history holds. */
    public boolean holds() {
        return findings.isEmpty();
    }

    String json() throws JsonProcessingException {
        return new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(this);
    }

    /** Returns a table for people. */
    String markdown() {
        var rows = new ArrayList<String>();
        rows.add("| | |");
        rows.add("|---|---|");
        rows.add(
                row(
                        "database",
                        plan.onPostgresql()
                                ? "PostgreSQL, %d servers, %d workers"
                                        .formatted(plan.controllers(), plan.workers())
                                : "Derby, one server"));
        rows.add(row("seed", Long.toString(plan.seed())));
        rows.add(row("runs / jobs / attempts", "%d / %d / %d".formatted(runs, jobs, attempts)));
        rows.add(row("runs by state", states.toString()));
        faults.forEach((kind, count) -> rows.add(row(kind, count.toString())));
        rows.add(row("faults", Integer.toString(faults.values().stream().mapToInt(n -> n).sum())));
        rows.add(row("starts of processes", Integer.toString(starts)));
        rows.add(row("marks of steps", Integer.toString(marks)));
        rows.add(
                row(
                        "time",
                        "%d s, of it %d s after the last fault"
                                .formatted(seconds, secondsOfPeace)));
        rows.add(row("findings", Integer.toString(findings.size())));
        var text = new StringBuilder(String.join("\n", rows)).append("\n");
        findings.forEach(finding -> text.append("\n- ").append(finding));
        return text.toString();
    }

    private static String row(String name, String value) {
        return "| %s | %s |".formatted(name, value);
    }
}
