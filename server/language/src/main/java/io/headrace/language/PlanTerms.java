package io.headrace.language;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a plan asks for beside its graph. Immutable.
 *
 * @param mode already part of the graph: jobs of a serial or batch run need those before them
 * @param batchSize of {@link Mode#BATCH}
 * @param affinity whether the jobs of a run go to one worker
 * @param retryPolicy or null, which leaves it to the server
 * @param settings values of {@code concurrency}, {@code notifications}, {@code release}, {@code
 *     deployment}, {@code image_build}, {@code manifest}, {@code artifacts} and {@code retention},
 *     where the file has them, by key
 * @param work combinations of a manifest to build; empty without one
 * @param blockers what this server can't do yet and must not ignore, such as {@code 'deployment'};
 *     unless it is empty, no run may start
 * @param included the commits of other repositories that files were taken from, by the repository
 *     as the file names it, with {@code @} and the ref where it names one
 * @param generation what is known of a rest that a job generates; null if no job does
 */
public record PlanTerms(
        Mode mode,
        int batchSize,
        Affinity affinity,
        @Nullable RetryPolicy retryPolicy,
        Map<String, Setting> settings,
        List<WorkItem> work,
        List<String> blockers,
        Map<String, String> included,
        @Nullable Generation generation) {

    /** What a plan asks for that says nothing else. */
    public static final PlanTerms NONE =
            new PlanTerms(
                    Mode.PARALLEL,
                    0,
                    Affinity.NONE,
                    null,
                    Map.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    null);

    @SuppressWarnings("NullAway") // Plans that an older version stored have none of some.
    public PlanTerms {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        work = List.copyOf(work);
        blockers = List.copyOf(blockers);
        included =
                included == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(included));
    }

    /** Returns the value of a key such as {@code deployment}; empty if the file has none. */
    public Optional<Setting> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /**
     * Returns whether there is more to do than the plan says, which is known when a job has run.
     */
    public boolean isOpen() {
        return generation != null && generation.open();
    }

    /** Returns the group of runs that this one belongs to; empty if it takes no turns. */
    public Optional<Concurrency> concurrency() {
        return setting("concurrency").map(Concurrency::of);
    }

    /**
     * A group of runs that take turns.
     *
     * @param group its name, 1 to 200 characters without control characters
     * @param limit how many of them may go on at a time, 1 to 1000
     * @param whenBusy what a new run does when so many go on
     * @param ofServer whether runs of all projects share it, and not only those of one
     */
    public record Concurrency(String group, int limit, WhenBusy whenBusy, boolean ofServer) {

        private static Concurrency of(Setting setting) {
            var name = setting.text();
            return name == null
                    ? new Concurrency(
                            setting.text("group").strip(),
                            setting.number("limit"),
                            WhenBusy.valueOf(setting.text("when_busy").toUpperCase(Locale.ROOT)),
                            setting.text("scope").equals("server"))
                    : new Concurrency(name.strip(), 1, WhenBusy.WAIT, false);
        }
    }

    /** What a run does whose group is busy. */
    public enum WhenBusy {
        WAIT,
        /** Older runs that wait are cancelled; it waits for those that go on. */
        CANCEL_WAITING,
        /** All older runs are cancelled. */
        CANCEL_RUNNING
    }

    /**
     * A plan whose first job generates the rest of it.
     *
     * @param job id of that job
     * @param file the pipeline file, as it was called when it was read
     * @param open whether that job has yet to run; if not, the plan is whole
     */
    public record Generation(String job, String file, boolean open) {}

    /** How many jobs run at a time. */
    public enum Mode {
        PARALLEL,
        SERIAL,
        BATCH
    }

    /** Whether the jobs of a run go to one worker. */
    public enum Affinity {
        NONE,
        PREFER,
        REQUIRE
    }

    /**
     * How jobs are tried again after failures that are not their own.
     *
     * @param maxAttempts the first included, at least 1
     * @param multiplier by how much each wait is longer than the one before
     * @param totalTime no attempt begins after it
     * @param retryOn classes of failures in lower case, such as {@code transient_infrastructure}
     */
    public record RetryPolicy(
            int maxAttempts,
            Duration baseDelay,
            Duration maxDelay,
            BigDecimal multiplier,
            boolean jitter,
            Duration totalTime,
            List<String> retryOn) {

        public RetryPolicy {
            retryOn = List.copyOf(retryOn);
        }
    }

    /**
     * One combination of fragments on one platform.
     *
     * @param fragments versions by name
     * @param platform such as {@code linux/amd64}
     * @param idempotencyKey 64 hexadecimal digits over the manifest, the template, the fragments,
     *     the base and the platform: equal work has equal keys
     */
    public record WorkItem(
            String manifest,
            Map<String, String> fragments,
            String platform,
            boolean urgent,
            String idempotencyKey) {

        public WorkItem {
            fragments = Collections.unmodifiableMap(new LinkedHashMap<>(fragments));
        }
    }
}
