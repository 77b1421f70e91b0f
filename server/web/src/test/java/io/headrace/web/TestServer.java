package io.headrace.web;

import io.headrace.engine.Home;
import io.headrace.engine.Retention;
import io.headrace.engine.Stores;
import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.FirstAdministrator;
import io.headrace.engine.access.LoginThrottle;
import io.headrace.engine.access.Role;
import io.headrace.engine.access.Tokens;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.engine.backup.Backups;
import io.headrace.engine.deadletter.DeadLetters;
import io.headrace.engine.health.Health;
import io.headrace.engine.log.LogSettings;
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
import io.headrace.engine.worker.Pools;
import io.headrace.engine.worker.Queue;
import io.headrace.store.DatabaseConfig;
import io.headrace.store.DatabaseStores;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** A server on a port of its own, with a real database and no worker: tests are its worker. */
final class TestServer implements AutoCloseable {

    static final String PASSWORD = "four words make one";

    /** The one label that no worker has; it is left open which others there are. */
    static final String NOBODY_HAS = "nobody-has-this";

    final Path home;
    final Stores stores;
    final Services services;
    final FixedSources sources = new FixedSources();
    final MemoryBlobs blobs = new MemoryBlobs();
    final Artifacts artifacts;
    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);

    private @Nullable TomcatHost tomcat;

    private TestServer(Path home) throws IOException {
        this.home = home;
        var clock = Clock.systemUTC();
        stores = DatabaseStores.open(DatabaseConfig.derby(home.resolve("db")), clock);
        var ids = stores.ids();
        var throttle = new LoginThrottle(clock);
        var accounts = new Accounts(stores.access(), throttle, ids, clock);
        var tokens = new Tokens(stores.access(), ids, clock);
        var first =
                new FirstAdministrator(
                        stores.access(), accounts, tokens, throttle, home.resolve("secrets"));
        first.prepare();
        var pipelines =
                new Pipelines(
                        io.headrace.language.Limits.DEFAULT,
                        (_, labels) -> !labels.contains(NOBODY_HAS));
        var cipher = AesSettingsCipher.at(home.resolve("secrets/settings.key"));
        var logins = new SourceLogins(stores.secrets(), cipher, clock);
        var runs =
                new Runs(
                        stores.runs(),
                        stores.projects(),
                        stores.artifacts(),
                        new Sources(
                                sources,
                                pipelines,
                                logins,
                                io.headrace.engine.run.AllowedRepositories.NONE),
                        ids);
        runs.begin();
        artifacts = new Artifacts(() -> blobs, stores.artifacts(), ids, Retention.DEFAULT, clock);
        var plugins = new Plugins(PluginFolders.in(home, null), stores.plugins(), cipher);
        plugins.start();
        var logs = new Logs(home.resolve("logs"), clock, LogSettings.DEFAULT);
        services =
                new Services(
                        new Projects(stores.projects(), sources, ids, _ -> {}, clock),
                        new Secrets(stores.secrets(), cipher, clock),
                        logins,
                        pipelines,
                        runs,
                        new Queue(runs, stores.queue(), List::of, clock),
                        new Pools(stores.queue(), List::of, clock),
                        stores.locks(),
                        new DeadLetters(stores.deadLetters(), runs, logs),
                        stores.breakers(),
                        List::of,
                        logs,
                        artifacts,
                        plugins,
                        accounts,
                        tokens,
                        throttle,
                        first,
                        new Health(
                                stores::ping,
                                stores.runs()::depth,
                                stores.deadLetters()::depth,
                                List::of,
                                Map.of("logs", home),
                                List::of),
                        new Backups(new Home(home), stores, clock));
    }

    /** Starts a server whose setup is pending. */
    static TestServer pending(Path home, WebSettings settings) throws Exception {
        var server = new TestServer(home);
        server.serve(settings);
        return server;
    }

    /**
     * Starts a server with the accounts {@code root}, {@code maintainer}, {@code developer} and
     * {@code viewer}.
     */
    static TestServer start(Path home, WebSettings settings) throws Exception {
        var server = new TestServer(home);
        var accounts = server.services.accounts();
        accounts.create("root", PASSWORD, Role.ADMINISTRATOR);
        accounts.create("maintainer", null, Role.MAINTAINER);
        accounts.create("developer", null, Role.DEVELOPER);
        accounts.create("viewer", null, Role.VIEWER);
        server.serve(settings);
        return server;
    }

    /** Starts a server in Tomcat. */
    static TestServer inTomcat(Path home) throws Exception {
        return inTomcat(home, WebSettings.DEFAULT);
    }

    static TestServer inTomcat(Path home, WebSettings settings) throws Exception {
        var server = new TestServer(home);
        server.services.accounts().create("developer", null, Role.DEVELOPER);
        server.services.accounts().create("root", PASSWORD, Role.ADMINISTRATOR);
        server.tomcat = new TomcatHost(home.resolve("tomcat"), server.services, settings);
        return server;
    }

    private void serve(WebSettings settings) throws Exception {
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        var context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.addEventListener(
                new ServletContextListener() {
                    @Override
                    public void contextInitialized(ServletContextEvent event) {
                        WebModule.install(event.getServletContext(), services, settings);
                    }
                });
        jetty.setHandler(context);
        jetty.start();
    }

    Client client() {
        var host = tomcat;
        var port = host == null ? connector.getLocalPort() : host.port();
        return new Client("http://127.0.0.1:" + port, null);
    }

    /** Returns a client with a fresh token of {@code account}. */
    Client as(String account) {
        var owner = services.accounts().get(account);
        return client().withToken(services.tokens().create(owner, "test", null, null).secret());
    }

    @Override
    public void close() {
        try {
            jetty.stop();
            if (tomcat != null) {
                tomcat.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
        services.plugins().close();
        services.logs().close();
        stores.close();
    }

    static TestServer shared() throws Exception {
        var home = Files.createTempDirectory("headrace-web-test");
        return start(home, WebSettings.DEFAULT);
    }
}
