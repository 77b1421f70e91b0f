package io.headrace.e2e;

import io.headrace.engine.Configuration;
import io.headrace.engine.Headrace;
import io.headrace.engine.Home;
import io.headrace.engine.Stores;
import io.headrace.engine.project.Project;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Trigger;
import io.headrace.language.PlanEvent;
import io.headrace.store.DatabaseConfig;
import io.headrace.store.DatabaseStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server without its face, with the plugins that are in the WAR, and what tests ask of it. */
final class Engine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Headrace headrace;

    private Engine(Headrace headrace) {
        this.headrace = headrace;
    }

    /** Starts a server in {@code directory}, or again what was there. */
    static Engine start(Path directory, Map<String, String> settings) throws IOException {
        return start(directory, settings, new Home(directory.resolve("home")).database());
    }

    /** Likewise, with something between the engine and its database. */
    static Engine start(Path directory, Map<String, String> settings, UnaryOperator<Stores> between)
            throws IOException {
        return start(directory, settings, new Home(directory.resolve("home")).database(), between);
    }

    /** Likewise, with the database in another place. */
    static Engine start(Path directory, Map<String, String> settings, Path database)
            throws IOException {
        return start(directory, settings, database, stores -> stores);
    }

    private static Engine start(
            Path directory,
            Map<String, String> settings,
            Path database,
            UnaryOperator<Stores> between)
            throws IOException {
        var plugins = bundledPlugins(directory.resolve("bundled"));
        var home = new Home(directory.resolve("home")).create();
        var stores =
                between.apply(
                        DatabaseStores.open(DatabaseConfig.derby(database), Clock.systemUTC()));
        var configuration = Configuration.of(settings, "test");
        return new Engine(Headrace.start(home, configuration, stores, plugins, Clock.systemUTC()));
    }

    /** The zips as they are in the WAR. */
    private static Path bundledPlugins(Path into) throws IOException {
        Files.createDirectories(into);
        try (var war = new ZipFile(Build.war().toFile())) {
            for (var entry :
                    war.stream()
                            .filter(e -> e.getName().matches("WEB-INF/plugins/[^/]+\\.zip"))
                            .toList()) {
                var zip = into.resolve(Path.of(entry.getName()).getFileName().toString());
                if (!Files.exists(zip)) {
                    try (var in = war.getInputStream(entry)) {
                        Files.copy(in, zip);
                    }
                }
            }
        }
        return into;
    }

    Headrace headrace() {
        return headrace;
    }

    /** Adds a project whose sources are at {@code url}. */
    void add(String project, String url) {
        headrace.projects().create(project, new Project.Source("git", url, null), null);
    }

    /** Adds a project with a repository that has this pipeline. */
    void add(String project, Path repository, String pipeline) throws IOException {
        Repository.create(repository).write(".headrace.yml", pipeline).commit("a pipeline");
        add(project, repository.toString());
    }

    RunId trigger(String project, @Nullable String ref) {
        return headrace.runs()
                .start(
                        new Trigger(
                                project, PlanEvent.Type.MANUAL, ref, null, Map.of(), "test", null))
                .run();
    }

    /** Waits for the end of a run. */
    RunDetail awaited(RunId id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> headrace.runs().detail(id).run().status().isTerminal());
        return headrace.runs().detail(id);
    }

    /** Returns the log of a job's last attempt. */
    String log(RunDetail run, String job) throws IOException {
        var attempt = run.job(job).orElseThrow().attempts().getLast().id();
        try (var reader = headrace.logs().read(attempt).orElseThrow()) {
            var text = new ByteArrayOutputStream();
            reader.writeText(text);
            return text.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        headrace.close();
    }
}
