package io.headrace.engine;

import io.headrace.engine.access.AccessStore;
import io.headrace.engine.artifact.ArtifactCatalog;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.deadletter.DeadLetterStore;
import io.headrace.engine.lock.LockStore;
import io.headrace.engine.plugin.PluginRecords;
import io.headrace.engine.project.ProjectStore;
import io.headrace.engine.queue.QueueStore;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.secret.SecretStore;
import io.headrace.engine.worker.WorkerRegistry;
import java.nio.file.Path;

/**
 * The database, as the engine sees it. What a method changed is durable when it returns, unless it
 * says otherwise. Any number of threads may call any method. A database that can't be reached is a
 * {@link StoreException}.
 */
public interface Stores extends AutoCloseable {

    ProjectStore projects();

    RunStore runs();

    QueueStore queue();

    LockStore locks();

    SecretStore secrets();

    ArtifactCatalog artifacts();

    AccessStore access();

    PluginRecords plugins();

    WorkerRegistry workers();

    Duties duties();

    /** Returns whether several processes can use this database at a time. */
    boolean isShared();

    DeadLetterStore deadLetters();

    BreakerStore breakers();

    /** Returns a text that is unique to this database: letters, digits and dashes, up to 36. */
    String installation();

    /** Makes ids for rows. */
    TimeId ids();

    /**
     * Asks the database for a sign of life.
     *
     * @throws StoreException if there is none within two seconds
     */
    void ping();

    /**
     * Copies all rows, as of one moment, into an archive, while others read and write. On the
     * embedded database, needs as much room as that takes, beside {@code file}, for as long as it
     * lasts.
     *
     * @param file is not there yet
     */
    void export(Path file);

    /** Writes what was asked for before, then closes the database. */
    @Override
    void close();
}
