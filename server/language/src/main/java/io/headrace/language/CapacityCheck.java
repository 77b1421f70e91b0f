package io.headrace.language;

import io.headrace.language.Planner.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Warns where jobs that may run at the same time ask for more than all workers have. Those of one
 * level wait for nothing of each other. Only what a file asks for counts, not what a job gets
 * anyway.
 */
final class CapacityCheck {

    private final Offer offer;
    private final Problems problems;
    private final Map<String, JobDefinition> definitions = new HashMap<>();

    /** Jobs, and what they ask for together. */
    private record Demand(List<Plan.Job> jobs, double amount) {}

    CapacityCheck(Offer offer, Pipeline pipeline, Problems problems) {
        this.offer = offer;
        this.problems = problems;
        pipeline.jobs().forEach(job -> definitions.put(job.key(), job));
    }

    void check(List<Plan.Job> jobs, List<List<String>> levels) {
        var asking = new HashMap<String, Plan.Job>();
        for (var job : jobs) {
            if (job.condition().verdict() != Plan.Condition.Verdict.SKIPPED) {
                asking.put(job.id(), job);
            }
        }
        check(
                largest(asking, levels, CapacityCheck::cpus),
                offer.cpus(),
                cpus -> ResourceReader.number(cpus) + (cpus == 1 ? " core" : " cores"));
        check(
                largest(asking, levels, CapacityCheck::memory),
                (double) offer.memoryBytes(),
                bytes -> ResourceReader.memory(mebibytes(bytes)) + " of memory");
    }

    private static double cpus(Plan.Job job) {
        double cpus = job.resources().cpus();
        return cpus == Plan.Resources.DEFAULT.cpus() ? 0 : cpus;
    }

    private static double memory(Plan.Job job) {
        long bytes = job.resources().memoryBytes();
        return bytes == Plan.Resources.DEFAULT.memoryBytes() ? 0 : (double) bytes;
    }

    /** Returns the most that as many jobs of one level as there are slots ask for. */
    private @Nullable Demand largest(
            Map<String, Plan.Job> jobs, List<List<String>> levels, ToDoubleFunction<Plan.Job> of) {
        Demand largest = null;
        for (var level : levels) {
            var asking = new ArrayList<Plan.Job>();
            for (var id : level) {
                var job = jobs.get(id);
                if (job != null && of.applyAsDouble(job) > 0) {
                    asking.add(job);
                }
            }
            asking.sort(Comparator.comparingDouble(of).reversed());
            var first = asking.subList(0, Math.min(offer.slots(), asking.size()));
            double amount = first.stream().mapToDouble(of).sum();
            if (!first.isEmpty() && (largest == null || amount > largest.amount())) {
                largest = new Demand(List.copyOf(first), amount);
            }
        }
        return largest;
    }

    private void check(@Nullable Demand demand, double most, DoubleFunction<String> shown) {
        if (demand == null || demand.amount() <= most) {
            return;
        }
        var jobs = demand.jobs();
        var first = jobs.getFirst();
        var definition = definitions.get(first.baseName());
        if (definition == null) {
            return;
        }
        problems.top()
                .inJob(definition.key())
                .warning(
                        ProblemCode.TOO_LITTLE_CAPACITY,
                        definition.mark(),
                        jobs.size() == 1
                                ? "the job asks for %s, and all workers here have %s"
                                        .formatted(shown.apply(demand.amount()), shown.apply(most))
                                : "%d jobs that can run at the same time, such as '%s' and '%s', ask for %s together, and all workers here have %s"
                                        .formatted(
                                                jobs.size(),
                                                first.name(),
                                                jobs.get(1).name(),
                                                shown.apply(demand.amount()),
                                                shown.apply(most)),
                        jobs.size() == 1
                                ? "ask for less, or start a larger worker"
                                : "ask for less, let some of them wait for others, or start more"
                                        + " workers");
    }

    private static long mebibytes(double bytes) {
        return ((long) bytes >> 20) << 20;
    }
}
