package io.headrace.ui;

import io.headrace.engine.Headrace;
import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.FirstAdministrator;
import io.headrace.engine.access.Tokens;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.deadletter.DeadLetters;
import io.headrace.engine.plugin.Plugins;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.Pipelines;
import io.headrace.engine.run.Runs;
import io.headrace.engine.secret.Secrets;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.engine.worker.Pools;
import io.headrace.engine.worker.Queue;
import io.headrace.engine.worker.Workers;
import io.headrace.ui.cdi.OnlyOne;
import io.headrace.web.access.WebSessions;
import jakarta.enterprise.inject.Produces;
import org.jspecify.annotations.Nullable;

/** Gives the parts of the running server to whoever injects them. */
@OnlyOne
public class ServerBeans {

    private volatile @Nullable Server server;

    void use(Server started) {
        server = started;
    }

    private Server server() {
        var started = server;
        if (started == null) {
            throw new IllegalStateException("The server has not started");
        }
        return started;
    }

    @Produces
    public Headrace headrace() {
        return server().headrace();
    }

    @Produces
    public Projects projects() {
        return headrace().projects();
    }

    @Produces
    public Secrets secrets() {
        return headrace().secrets();
    }

    @Produces
    public SourceLogins logins() {
        return headrace().logins();
    }

    @Produces
    public Runs runs() {
        return headrace().runs();
    }

    @Produces
    public Pipelines pipelines() {
        return headrace().pipelines();
    }

    @Produces
    public Queue queue() {
        return headrace().queue();
    }

    @Produces
    public Pools pools() {
        return headrace().pools();
    }

    @Produces
    public BreakerStore breakers() {
        return headrace().stores().breakers();
    }

    @Produces
    public DeadLetters deadLetters() {
        return headrace().deadLetters();
    }

    @Produces
    public Workers workers() {
        return headrace().workers();
    }

    @Produces
    public Plugins plugins() {
        return headrace().plugins();
    }

    @Produces
    public Accounts accounts() {
        return server().accounts();
    }

    @Produces
    public Tokens tokens() {
        return server().tokens();
    }

    @Produces
    public FirstAdministrator firstAdministrator() {
        return server().first();
    }

    @Produces
    public WebSessions sessions() {
        return server().sessions();
    }
}
