package io.headrace.engine.worker;

import io.headrace.engine.Refused;
import io.headrace.engine.Retention;
import io.headrace.engine.StoreException;
import io.headrace.engine.artifact.ArtifactDisposal;
import io.headrace.engine.deadletter.DeadLetterStore;
import io.headrace.engine.log.Logs;
import io.headrace.engine.project.ProjectStore;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes logs and artifacts that are kept no longer: those whose time is over, those of deleted
 * projects, and those that a crash left behind. Any number of threads may use it.
 */
public final class Disposal {

    private static final Logger LOG = LoggerFactory.getLogger(Disposal.class);

    /** Whoever has not looked at them for so long never will. */
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(90);

    private static final int PORTION = 500;

    private final RunStore runs;
    private final Logs logs;
    private final ArtifactDisposal artifacts;
    private final DeadLetterStore deadLetters;
    private final Retention retention;
    private final InstantSource clock;

    /** Logs that belong to nothing any more, but were still being written. */
    private final Set<AttemptId> later = ConcurrentHashMap.newKeySet();

    public Disposal(
            RunStore runs,
            Logs logs,
            ArtifactDisposal artifacts,
            DeadLetterStore deadLetters,
            Retention retention,
            InstantSource clock) {
        this.runs = runs;
        this.logs = logs;
        this.artifacts = artifacts;
        this.deadLetters = deadLetters;
        this.retention = retention;
        this.clock = clock;
    }

    /** Deletes what deleted runs had; what can't be deleted now is left to {@link #sweep}. */
    public void discard(ProjectStore.Remains remains) {
        guarded(
                "What a deleted project left could not be removed",
                () -> {
                    later.addAll(logs.deleteUnlessWritten(remains.attempts()));
                    artifacts.discard(remains.blobs());
                });
    }

    /** Deletes the logs that were still written when they were to be deleted. */
    void discardLater() {
        if (!later.isEmpty()) {
            guarded(
                    "Logs of deleted runs could not be removed",
                    () -> {
                        var tried = Set.copyOf(later);
                        var written = logs.deleteUnlessWritten(tried);
                        tried.stream().filter(log -> !written.contains(log)).forEach(later::remove);
                    });
        }
    }

    /** Deletes the logs, the artifacts and the dead letters whose time is over. */
    public void expire() {
        guarded(
                "Dead letters could not be expired",
                () -> {
                    var before = clock.instant().minus(DEAD_LETTERS_KEPT);
                    var expired = 0;
                    for (var some = PORTION; some == PORTION; expired += some) {
                        some = deadLetters.discard(before, PORTION);
                    }
                    if (expired > 0) {
                        LOG.info("Expired {} dead letters", expired);
                    }
                });
        guarded(
                "Artifacts could not be expired",
                () -> {
                    var expired = artifacts.expire();
                    if (expired > 0) {
                        LOG.info("Expired {} artifacts", expired);
                    }
                });
        var before = retention.logsBefore(clock.instant());
        if (before != null) {
            guarded(
                    "Old logs could not be removed",
                    () -> {
                        var expired = logs.expire(before);
                        if (expired > 0) {
                            LOG.info(
                                    "Deleted {} logs, which are kept for {} days", expired, days());
                        }
                    });
        }
    }

    private long days() {
        return retention.logs().toDays();
    }

    /** Looks through all logs and artifacts for those that belong to nothing, and deletes them. */
    public void sweep() {
        guarded(
                "Logs that belong to nothing could not be removed",
                () -> {
                    var strays = logs.sweep(runs::unknown);
                    if (strays > 0) {
                        LOG.info("Deleted {} logs that belonged to no attempt", strays);
                    }
                });
        guarded(
                "Artifacts that belong to nothing could not be removed",
                () -> {
                    var strays = artifacts.sweep();
                    if (strays > 0) {
                        LOG.info(
                                "Deleted the bytes of {} files that belonged to no artifact",
                                strays);
                    }
                });
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void guarded(String complaint, Task task) {
        try {
            task.run();
        } catch (IOException | UncheckedIOException | StoreException | Refused e) {
            LOG.warn("{}; it will be tried again", complaint, e);
        }
    }
}
