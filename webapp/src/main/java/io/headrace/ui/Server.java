package io.headrace.ui;

import io.headrace.engine.Configuration;
import io.headrace.engine.Headrace;
import io.headrace.engine.Home;
import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.Stores;
import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.FirstAdministrator;
import io.headrace.engine.access.LoginThrottle;
import io.headrace.engine.access.Tokens;
import io.headrace.store.DatabaseConfig;
import io.headrace.store.DatabaseStores;
import io.headrace.web.Services;
import io.headrace.web.WebModule;
import io.headrace.web.WebSettings;
import io.headrace.web.access.WebSessions;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running server in a servlet context.
 *
 * @param setupKey lets the first administrator in; null if there is one
 */
record Server(
        Headrace headrace,
        Accounts accounts,
        Tokens tokens,
        FirstAdministrator first,
        WebSessions sessions,
        @Nullable String setupKey)
        implements AutoCloseable {

    /**
     * Starts a server and puts its REST API into {@code context}.
     *
     * @param bundledPlugins directory of the zips that come with the server, or null
     * @throws CannotStart saying what the operator can do
     */
    static Server start(
            Home home,
            Map<String, String> environment,
            @Nullable Path bundledPlugins,
            ServletContext context) {
        var clock = Clock.systemUTC();
        try {
            home.create();
            var configuration = Configuration.read(home.configuration(), environment);
            if (configuration.workerOnly()) {
                throw Refused.invalid(
                        "'worker.only' is set; start it with: java -jar headrace.war --role worker");
            }
            var shared = home.sharing(configuration.sharedDirectory()).create();
            var stores =
                    DatabaseStores.open(
                            DatabaseConfig.of(home, configuration),
                            configuration.queueRules(),
                            clock);
            return start(shared, configuration, stores, bundledPlugins, clock, context);
        } catch (Refused | StoreException | IOException | UncheckedIOException e) {
            throw new CannotStart(
                    "Headrace can't start in %s: %s".formatted(home.path(), message(e)), e);
        }
    }

    private static Server start(
            Home home,
            Configuration configuration,
            Stores stores,
            @Nullable Path bundledPlugins,
            Clock clock,
            ServletContext context)
            throws IOException {
        Headrace headrace = null;
        try {
            var throttle = new LoginThrottle(clock);
            var accounts = new Accounts(stores.access(), throttle, stores.ids(), clock);
            var tokens = new Tokens(stores.access(), stores.ids(), clock);
            var first =
                    new FirstAdministrator(
                            stores.access(), accounts, tokens, throttle, home.secrets());
            var key = first.prepare();
            headrace = Headrace.start(home, configuration, stores, bundledPlugins, clock);
            var services =
                    new Services(
                            headrace.projects(),
                            headrace.secrets(),
                            headrace.logins(),
                            headrace.pipelines(),
                            headrace.runs(),
                            headrace.queue(),
                            headrace.pools(),
                            headrace.stores().locks(),
                            headrace.deadLetters(),
                            headrace.stores().breakers(),
                            headrace.workers(),
                            headrace.logs(),
                            headrace.artifacts(),
                            headrace.plugins(),
                            accounts,
                            tokens,
                            throttle,
                            first,
                            headrace.health(),
                            headrace.backups());
            var sessions = WebModule.install(context, services, settings(configuration));
            return new Server(headrace, accounts, tokens, first, sessions, key.orElse(null));
        } catch (IOException | RuntimeException e) {
            if (headrace == null) {
                stores.close();
            } else {
                headrace.close();
            }
            throw e;
        }
    }

    private static WebSettings settings(Configuration configuration) {
        return new WebSettings(
                configuration.webTrustProxy(),
                configuration.webPublicBadges(),
                configuration.webSessionLength());
    }

    static String message(Throwable e) {
        return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
    }

    @Override
    public void close() {
        headrace.close();
    }
}
