package io.headrace.e2e.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A pipeline of random form: chains, diamonds, fans and layers of jobs that succeed, fail, or fail
 * at first.
 *
 * @param name of the branch that has it
 * @param jobs in an order in which each comes after what it needs
 */
record Shape(String name, Map<String, Job> jobs) {

    enum Outcome {
        SUCCEEDS,
        FAILS,
        /** Fails at its first attempt. */
        FAILS_ONCE
    }

    enum Condition {
        NONE,
        ALWAYS,
        FAILURE
    }

    /**
     * A job.
     *
     * @param mayFail whether what needs it goes on when it failed
     * @param millis how long its last step takes
     */
    record Job(
            String key,
            List<String> needs,
            Condition condition,
            Outcome outcome,
            int retries,
            boolean mayFail,
            int steps,
            int millis) {}

    /** Returns the job of that name. */
    Job job(String key) {
        return Objects.requireNonNull(jobs.get(key), key);
    }

    /** Makes one; the same for the same numbers. */
    static Shape random(String name, Random random) {
        var layers = layers(random);
        var jobs = new LinkedHashMap<String, Job>();
        List<String> before = List.of();
        for (var layer = 0; layer < layers.size(); layer++) {
            var keys = new ArrayList<String>();
            for (var i = 0; i < layers.get(layer); i++) {
                var key = "j" + layer + "-" + i;
                jobs.put(key, job(key, some(before, random), random));
                keys.add(key);
            }
            before = keys;
        }
        return new Shape(name, jobs);
    }

    private static List<Integer> layers(Random random) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> List.of(1);
            case 2 -> List.of(1, 1, 1, 1);
            case 3 -> List.of(1, 2, 1);
            case 4 -> List.of(1, 4);
            default -> List.of(2, 3, 2);
        };
    }

    private static List<String> some(List<String> before, Random random) {
        if (before.isEmpty()) {
            return List.of();
        }
        var some = before.stream().filter(_ -> random.nextInt(4) > 0).toList();
        return some.isEmpty() ? List.of(before.getFirst()) : some;
    }

    private static Job job(String key, List<String> needs, Random random) {
        var condition =
                needs.isEmpty()
                        ? Condition.NONE
                        : switch (random.nextInt(8)) {
                            case 0 -> Condition.ALWAYS;
                            case 1 -> Condition.FAILURE;
                            default -> Condition.NONE;
                        };
        var outcome =
                switch (random.nextInt(12)) {
                    case 0 -> Outcome.FAILS;
                    case 1 -> Outcome.FAILS_ONCE;
                    default -> Outcome.SUCCEEDS;
                };
        var millis =
                switch (random.nextInt(20)) {
                    case 0 -> 1000 + random.nextInt(2500);
                    case 1, 2, 3, 4 -> 50 + random.nextInt(300);
                    default -> 0;
                };
        var retries = outcome == Outcome.FAILS_ONCE ? 1 : random.nextInt(6) == 0 ? 1 : 0;
        return new Job(
                key,
                needs,
                condition,
                outcome,
                retries,
                outcome == Outcome.FAILS && random.nextInt(3) == 0,
                1 + random.nextInt(3),
                millis);
    }

    /**
     * Returns the pipeline file.
     *
     * @param marks file to which each step appends a line when it begins and when it ends
     */
    String yaml(String marks) {
        return "name: "
                + name
                + "\njobs:\n"
                + jobs.values().stream().map(job -> yaml(job, marks)).collect(Collectors.joining());
    }

    private static String yaml(Job job, String marks) {
        var text = new StringBuilder();
        text.append("  ").append(job.key()).append(":\n    checkout: false\n");
        if (!job.needs().isEmpty()) {
            text.append("    needs: [").append(String.join(", ", job.needs())).append("]\n");
        }
        switch (job.condition()) {
            case ALWAYS -> text.append("    if: always()\n");
            case FAILURE -> text.append("    if: failure()\n");
            case NONE -> {}
        }
        if (job.retries() > 0) {
            text.append("    retry_count: ").append(job.retries()).append('\n');
        }
        if (job.mayFail()) {
            text.append("    continue_on_failure: true\n");
        }
        text.append("    steps:\n");
        for (var step = 0; step < job.steps(); step++) {
            text.append("      - name: s").append(step).append("\n        run: |\n");
            text.append("          ").append(mark("B", step, marks));
            var last = step == job.steps() - 1;
            if (last && job.millis() > 0) {
                text.append("          sleep ").append(job.millis() / 1000.0).append('\n');
            }
            text.append("          ").append(mark("E", step, marks));
            if (last && job.outcome() == Outcome.FAILS) {
                text.append("          exit 3\n");
            } else if (last && job.outcome() == Outcome.FAILS_ONCE) {
                text.append("          [ \"$HEADRACE_ATTEMPT\" -ge 2 ]\n");
            }
        }
        return text.toString();
    }

    private static String mark(String kind, int step, String marks) {
        return "printf '%s %%s %%s %%s %d\\n' \"$HEADRACE_RUN_ID\" \"$HEADRACE_JOB\" \"$HEADRACE_ATTEMPT\" >> '%s'\n"
                .formatted(kind, step, marks);
    }
}
