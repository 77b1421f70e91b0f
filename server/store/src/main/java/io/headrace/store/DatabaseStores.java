package io.headrace.store;

import io.headrace.engine.Duties;
import io.headrace.engine.StoreException;
import io.headrace.engine.Stores;
import io.headrace.engine.TimeId;
import io.headrace.engine.access.AccessStore;
import io.headrace.engine.artifact.ArtifactCatalog;
import io.headrace.engine.backup.ArchiveWriter;
import io.headrace.engine.backup.Manifest;
import io.headrace.engine.backup.Progress;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.deadletter.DeadLetterStore;
import io.headrace.engine.lock.LockStore;
import io.headrace.engine.plugin.PluginRecords;
import io.headrace.engine.project.ProjectStore;
import io.headrace.engine.queue.QueueRules;
import io.headrace.engine.queue.QueueStore;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.secret.SecretStore;
import io.headrace.engine.worker.WorkerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Everything that is kept in a database. */
public final class DatabaseStores implements Stores {

    private static final int PING_SECONDS = 2;

    private final Core core;
    private final String installation;
    private final ProjectStore projects;
    private final RunStore runs;
    private final QueueStore queue;
    private final LockDesk desk;
    private final DatabaseLocks locks;
    private final SecretStore secrets;
    private final ArtifactCatalog artifacts;
    private final AccessStore access;
    private final PluginRecords plugins;
    private final WorkerRegistry workers;
    private final Duties duties;
    private final DeadLetterStore deadLetters;
    private final BreakerStore breakers;

    /**
     * Opens a database, makes it if it is not there, and brings its schema up to date.
     *
     * @param clock is the time of an embedded database; PostgreSQL has its own
     * @throws StoreException if it can't be opened: it can't be reached, is in use by another
     *     process, or was written by a newer version. The message says what to do
     */
    public static DatabaseStores open(DatabaseConfig config, InstantSource clock) {
        return open(config, QueueRules.DEFAULT, clock);
    }

    /**
     * Like {@link #open(DatabaseConfig, InstantSource)}.
     *
     * @param rules of the queue; the same on all controllers of a database
     */
    public static DatabaseStores open(
            DatabaseConfig config, QueueRules rules, InstantSource clock) {
        var vendor = connect(config, clock);
        try {
            new Migrations(vendor).migrate();
            var ids = new TimeId(notBefore(newestId(vendor), clock), vendor.controller());
            return new DatabaseStores(config, rules, vendor, ids);
        } catch (SQLException e) {
            vendor.close();
            throw Failures.of(e);
        } catch (RuntimeException e) {
            vendor.close();
            throw e;
        }
    }

    static Vendor connect(DatabaseConfig config, InstantSource clock) {
        return config.isDerby()
                ? Derby.open(config.derbyDirectory(), clock)
                : Postgresql.open(config);
    }

    /** Returns a clock that is later than {@code id}, even if somebody set the time back. */
    private static InstantSource notBefore(long id, InstantSource clock) {
        var made = TimeId.madeAt(id).plusMillis(1);
        return () -> {
            var now = clock.instant();
            return now.isBefore(made) ? made : now;
        };
    }

    private static long newestId(Vendor vendor) throws SQLException {
        try (var connection = vendor.connect();
                var sql = new Sql(connection)) {
            Copying.refuseUnfinished(sql);
            var newest = 0L;
            for (var table : List.of("run", "job", "attempt")) {
                newest =
                        Math.max(
                                newest,
                                sql.first("select max(id) from " + table, row -> row.number(1))
                                        .orElse(0L));
            }
            connection.rollback();
            return newest;
        }
    }

    private DatabaseStores(DatabaseConfig config, QueueRules rules, Vendor vendor, TimeId ids) {
        var notifier = new Notifier();
        var queue = vendor.queue(rules, notifier);
        desk = new LockDesk();
        var writer = new Writer(new WriterConnection(vendor, queue), notifier);
        core =
                new Core(
                        vendor,
                        writer,
                        new Readers(vendor, config.readers()),
                        notifier,
                        queue,
                        new Queueing(queue, notifier, rules, new Locks(desk::changed)),
                        ids,
                        new HeldNeeds());
        projects = new DatabaseProjects(core);
        runs = new DatabaseRunStore(core);
        this.queue = new DatabaseQueue(core);
        locks = new DatabaseLocks(core, desk);
        secrets = new DatabaseSecrets(core);
        artifacts = new DatabaseArtifacts(core);
        access = new DatabaseAccess(core);
        plugins = new DatabasePlugins(core);
        workers = new DatabaseWorkers(core);
        duties = vendor.isShared() ? new DatabaseDuties(core) : (_, _) -> true;
        deadLetters = new DatabaseDeadLetters(core);
        breakers = new DatabaseBreakers(core);
        notifier.start();
        vendor.connectTo(notifier);
        writer.start();
        installation = readInstallation();
        desk.start(locks);
        Thread.ofVirtual().name("headrace-store-deletion").start(new Deletion(core)::resume);
    }

    private String readInstallation() {
        return core.writer()
                .change(transaction -> {
                    var sql = transaction.sql();
                    var known =
                            sql.first(
                                    "select content from setting where name =" + " 'installation'",
                                    row -> row.text(1));
                    if (known.isPresent()) {
                        return known.get();
                    }
                    var fresh = UUID.randomUUID().toString();
                    sql.update(
                            "insert into setting (name, content)" + " values ('installation', ?)",
                            fresh);
                    return fresh;
                });
    }

    @Override
    public ProjectStore projects() {
        return projects;
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public QueueStore queue() {
        return queue;
    }

    @Override
    public LockStore locks() {
        return locks;
    }

    @Override
    public SecretStore secrets() {
        return secrets;
    }

    @Override
    public ArtifactCatalog artifacts() {
        return artifacts;
    }

    @Override
    public AccessStore access() {
        return access;
    }

    @Override
    public PluginRecords plugins() {
        return plugins;
    }

    @Override
    public WorkerRegistry workers() {
        return workers;
    }

    @Override
    public Duties duties() {
        return duties;
    }

    @Override
    public boolean isShared() {
        return core.vendor().isShared();
    }

    @Override
    public BreakerStore breakers() {
        return breakers;
    }

    @Override
    public DeadLetterStore deadLetters() {
        return deadLetters;
    }

    @Override
    public String installation() {
        return installation;
    }

    @Override
    public TimeId ids() {
        return core.ids();
    }

    @Override
    public void ping() {
        core.readers().read(sql -> sql.exists("select 1 from setting"), PING_SECONDS);
    }

    @Override
    public void export(Path file) {
        // On a thread of its own, so that an interrupt of the caller never reaches Derby.
        Writer.await(
                CompletableFuture.supplyAsync(
                        () -> exportHere(file),
                        task -> Thread.ofPlatform().name("headrace-store-export").start(task)));
    }

    private Manifest exportHere(Path file) {
        try (var still = core.vendor().still(file.resolveSibling(file.getFileName() + ".db"));
                var archive =
                        new ArchiveWriter(
                                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW),
                                Instant.now())) {
            new Copying(still, Progress.NONE).write(archive);
            return archive.finish();
        } catch (SQLException e) {
            throw Failures.of(e);
        } catch (IOException e) {
            throw new StoreException("The database can't be copied: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        desk.close();
        core.writer().close();
        core.notifier().close();
        core.readers().close();
        core.vendor().close();
    }
}
