package io.headrace.engine;

import io.headrace.api.ArtifactStore;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.engine.backup.Backups;
import io.headrace.engine.deadletter.DeadLetters;
import io.headrace.engine.health.Health;
import io.headrace.engine.log.Logs;
import io.headrace.engine.plugin.AesSettingsCipher;
import io.headrace.engine.plugin.PluginFolders;
import io.headrace.engine.plugin.Plugins;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.Pipelines;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Sources;
import io.headrace.engine.secret.Secrets;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.engine.worker.BuiltInWorker;
import io.headrace.engine.worker.Caretaker;
import io.headrace.engine.worker.Disposal;
import io.headrace.engine.worker.Pools;
import io.headrace.engine.worker.Queue;
import io.headrace.engine.worker.Tools;
import io.headrace.engine.worker.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server without its face: everything that runs between the database and the callers. Web, pages
 * and tests start one and use what it hands out. Any thread may use any part.
 */
public final class Headrace implements AutoCloseable {

    /** The type of the artifact store that is used. */
    private static final String ARTIFACT_STORE = "filesystem";

    private static final String BUILT_IN = "built-in";

    private static final Logger LOG = LoggerFactory.getLogger(Headrace.class);

    private final Configuration configuration;
    private final Home home;
    private final Stores stores;
    private final Plugins plugins;
    private final Logs logs;
    private final Artifacts artifacts;
    private final Projects projects;
    private final Secrets secrets;
    private final SourceLogins logins;
    private final Pipelines pipelines;
    private final Runs runs;
    private final BuiltInWorker worker;
    private final Queue queue;
    private final DeadLetters deadLetters;
    private final Pools pools;
    private final Caretaker caretaker;
    private final Health health;
    private final @Nullable HomeLock lock;
    private final Backups backups;

    private Headrace(
            Home home,
            Configuration configuration,
            Stores stores,
            @Nullable Path bundledPlugins,
            Clock clock)
            throws IOException {
        this.lock = stores.isShared() ? HomeLock.of(home.path()) : null;
        this.home = home;
        this.configuration = configuration;
        this.stores = stores;
        var cipher = AesSettingsCipher.at(home.sharedSecrets().resolve("settings.key"));
        this.plugins =
                new Plugins(
                        PluginFolders.in(home.path(), home.shared(), bundledPlugins),
                        stores.plugins(),
                        cipher);
        var extensions = new PluginExtensions(plugins);
        this.logs = new Logs(home.logs(), clock, configuration.logSettings());
        this.artifacts =
                new Artifacts(
                        () -> artifactStore(extensions),
                        stores.artifacts(),
                        stores.ids(),
                        configuration.retention(),
                        clock);
        var disposal =
                new Disposal(
                        stores.runs(),
                        logs,
                        artifacts.disposal(),
                        stores.deadLetters(),
                        configuration.retention(),
                        clock);
        this.projects =
                new Projects(stores.projects(), extensions, stores.ids(), disposal::discard, clock);
        this.secrets = new Secrets(stores.secrets(), cipher, clock);
        this.logins = new SourceLogins(stores.secrets(), cipher, clock);
        var profile = profile(configuration, home, stores);
        this.pipelines =
                new Pipelines(
                        configuration.pipelineLimits(),
                        new KnownWorkers(profile, stores.workers()));
        var sources =
                new Sources(extensions, pipelines, logins, configuration.includeRepositories());
        this.runs =
                new Runs(
                        stores.runs(),
                        stores.projects(),
                        stores.artifacts(),
                        sources,
                        stores.ids());
        var tools =
                new Tools(
                        stores.runs(),
                        stores.breakers(),
                        stores.projects(),
                        sources,
                        secrets,
                        logins,
                        extensions,
                        logs,
                        artifacts,
                        // What another process started on this machine is not ours to end.
                        stores.isShared() ? home.id() : stores.installation(),
                        home.workspaces(),
                        configuration.killGrace());
        this.worker = new BuiltInWorker(profile, tools, stores.workers(), clock);
        this.deadLetters = new DeadLetters(stores.deadLetters(), runs, logs);
        this.queue = new Queue(runs, stores.queue(), stores.workers(), clock);
        this.pools = new Pools(stores.queue(), stores.workers(), clock);
        this.health =
                new Health(
                        stores::ping,
                        stores.runs()::depth,
                        stores.deadLetters()::depth,
                        worker,
                        home.written(),
                        extensions::executors);
        this.backups = new Backups(home, stores, clock);
        this.caretaker =
                new Caretaker(
                        tools,
                        worker,
                        stores.workers(),
                        stores.duties(),
                        configuration.workerLease(),
                        disposal,
                        home.belongsTo(stores.installation()));
    }

    /**
     * Starts a server.
     *
     * @param stores closed by {@link #close}
     * @param bundledPlugins directory of the plugin zips that come with the server, or null
     * @throws IOException if the home directory can't be used
     */
    public static Headrace start(
            Home home,
            Configuration configuration,
            Stores stores,
            @Nullable Path bundledPlugins,
            Clock clock)
            throws IOException {
        var headrace = new Headrace(home.create(), configuration, stores, bundledPlugins, clock);
        headrace.begin();
        return headrace;
    }

    private void begin() throws IOException {
        plugins.start();
        stores.runs().limitRetries(configuration.retryLimits());
        runs.begin();
        runs.onAccepted(worker::expect);
        runs.onCancelled(worker::cancel);
        stores.locks().onSuperseded(worker::cancel);
        caretaker.sweep();
        worker.start();
        caretaker.start();
    }

    private static ArtifactStore artifactStore(Extensions extensions) {
        return extensions
                .artifactStore(ARTIFACT_STORE)
                .orElseThrow(() ->
                        new Refused(
                                Refused.Why.UNAVAILABLE,
                                "No plugin keeps artifacts; enable 'artifacts-filesystem'"));
    }

    private static BuiltInWorker.Profile profile(
            Configuration configuration, Home home, Stores stores) {
        var labels = new TreeSet<>(configuration.workerLabels());
        labels.add(platform());
        labels.add(architecture());
        var name = configuration.workerName();
        return new BuiltInWorker.Profile(
                !name.isEmpty() ? name : stores.isShared() ? home.workerName() : BUILT_IN,
                kind(configuration),
                configuration.workerPools(),
                labels,
                configuration.workerSlots(),
                configuration.workerLease());
    }

    private static String kind(Configuration configuration) {
        if (configuration.workerOnly()) {
            return "worker";
        }
        return configuration.workerSlots() == 0 ? "controller" : BUILT_IN;
    }

    private static String platform() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "macos" : "linux";
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }

    public Backups backups() {
        return backups;
    }

    public Health health() {
        return health;
    }

    public Configuration configuration() {
        return configuration;
    }

    public Home home() {
        return home;
    }

    public Stores stores() {
        return stores;
    }

    public Projects projects() {
        return projects;
    }

    public Secrets secrets() {
        return secrets;
    }

    public SourceLogins logins() {
        return logins;
    }

    public Pipelines pipelines() {
        return pipelines;
    }

    public Runs runs() {
        return runs;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public Queue queue() {
        return queue;
    }

    public Pools pools() {
        return pools;
    }

    /** Returns the workers of all processes on this database. */
    public Workers workers() {
        return stores.workers();
    }

    /** Returns whether the worker of this process has nothing to do. Asks nobody. */
    public boolean isIdle() {
        return worker.list().stream().allMatch(each -> each.working().isEmpty());
    }

    public Logs logs() {
        return logs;
    }

    public Artifacts artifacts() {
        return artifacts;
    }

    public Plugins plugins() {
        return plugins;
    }

    /**
     * Stops to take jobs, gives those that run {@link Configuration#shutdownPatience}, and closes
     * everything. What still ran is queued again.
     */
    @Override
    public void close() {
        try {
            worker.drain(configuration.shutdownPatience());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        caretaker.close();
        worker.close();
        plugins.close();
        logs.close();
        stores.close();
        unlock();
        LOG.info("Headrace has stopped");
    }

    private void unlock() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.info("The home directory is given back when the process ends", e);
            }
        }
    }
}
