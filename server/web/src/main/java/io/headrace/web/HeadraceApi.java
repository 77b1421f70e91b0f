package io.headrace.web;

import io.headrace.web.access.AccountsResource;
import io.headrace.web.access.Gate;
import io.headrace.web.access.MeResource;
import io.headrace.web.access.SameOrigin;
import io.headrace.web.access.SessionResource;
import io.headrace.web.access.SetupResource;
import io.headrace.web.access.TokensResource;
import io.headrace.web.access.WebSessions;
import io.headrace.web.http.Aliases;
import io.headrace.web.http.BodyLimit;
import io.headrace.web.http.Headers;
import io.headrace.web.http.Json;
import io.headrace.web.http.KnownParameters;
import io.headrace.web.http.Problems;
import io.headrace.web.http.UnreadBody;
import io.headrace.web.plugin.PluginsResource;
import io.headrace.web.project.BadgeResource;
import io.headrace.web.project.CredentialResource;
import io.headrace.web.project.ProjectsResource;
import io.headrace.web.project.SecretsResource;
import io.headrace.web.project.ShareResource;
import io.headrace.web.run.ArtifactsResource;
import io.headrace.web.run.AttemptsResource;
import io.headrace.web.run.BreakersResource;
import io.headrace.web.run.DeadLettersResource;
import io.headrace.web.run.LintResource;
import io.headrace.web.run.LocksResource;
import io.headrace.web.run.PlanResource;
import io.headrace.web.run.PoolsResource;
import io.headrace.web.run.ProjectRunsResource;
import io.headrace.web.run.QueueResource;
import io.headrace.web.run.RunArtifactsResource;
import io.headrace.web.run.RunEventsResource;
import io.headrace.web.run.RunLogsResource;
import io.headrace.web.run.RunsResource;
import io.headrace.web.run.WorkersResource;
import io.headrace.web.server.BackupResource;
import io.headrace.web.server.HealthResource;
import io.headrace.web.server.MetricsResource;
import io.headrace.web.server.OpenApiResource;
import io.headrace.web.server.PipelineSchemaResource;
import io.headrace.web.server.Route;
import jakarta.ws.rs.Priorities;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.inject.hk2.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** All routes, with what each request passes on its way: who calls, how much, what it names. */
final class HeadraceApi {

    private final List<Object> resources;
    private final List<Route> routes;
    private final Gate gate;

    HeadraceApi(Services services, WebSessions sessions, WebSettings settings) {
        this.resources = resources(services, sessions, settings);
        var described = new ArrayList<Object>(resources);
        var openApi = new OpenApiResource(described);
        resources.add(openApi);
        this.routes = Route.of(resources);
        this.gate = new Gate(services.tokens(), sessions, services.throttle(), new SameOrigin());
    }

    /** Returns all routes; each is known to be closed or meant to be public. */
    List<Route> routes() {
        return routes;
    }

    ResourceConfig config() {
        var config = new ResourceConfig();
        config.register(new Instances(resources));
        resources.forEach(resource -> config.register(resource.getClass()));
        config.register(gate, Priorities.AUTHENTICATION);
        config.register(new KnownParameters(), Priorities.USER);
        config.register(new BodyLimit(), Priorities.USER);
        config.register(new Aliases());
        config.register(new Headers());
        config.register(new Json());
        config.register(new Problems());
        config.register(new UnreadBody());
        config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        // Otherwise the first 8 KiB of a stream stay here, whatever is flushed.
        config.property(CommonProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
        config.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        config.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        return config;
    }

    /** Makes Jersey use our resources instead of making its own for each request. */
    private static final class Instances extends AbstractBinder {

        private final List<Object> resources;

        Instances(List<Object> resources) {
            this.resources = resources;
        }

        @Override
        protected void configure() {
            resources.forEach(resource -> bind(resource).to(resource.getClass()));
        }
    }

    private static List<Object> resources(
            Services services, WebSessions sessions, WebSettings settings) {
        var runs = services.runs();
        return new ArrayList<>(
                List.of(
                        new HealthResource(services.health()),
                        new SetupResource(services.first()),
                        new SessionResource(sessions),
                        new MeResource(services.accounts(), sessions),
                        new TokensResource(services.tokens()),
                        new AccountsResource(services.accounts(), services.tokens()),
                        new ProjectsResource(services.projects()),
                        new SecretsResource(services.projects(), services.secrets()),
                        new CredentialResource(services.projects(), services.logins()),
                        new ProjectRunsResource(runs, services.projects()),
                        new BadgeResource(services.projects(), runs, settings.publicBadges()),
                        new RunsResource(runs),
                        new RunEventsResource(runs, settings.heartbeat()),
                        new RunLogsResource(runs, services.logs(), settings.heartbeat()),
                        new RunArtifactsResource(runs, services.artifacts()),
                        new ArtifactsResource(services.artifacts()),
                        new AttemptsResource(runs, services.logs()),
                        new LintResource(services.pipelines(), services.projects(), runs),
                        new PlanResource(services.pipelines(), services.projects(), runs),
                        new PipelineSchemaResource(),
                        new QueueResource(services.queue(), runs),
                        new PoolsResource(services.pools()),
                        new ShareResource(services.projects(), services.pools()),
                        new MetricsResource(services.pools()),
                        new LocksResource(services.locks()),
                        new DeadLettersResource(services.deadLetters()),
                        new BreakersResource(services.breakers()),
                        new WorkersResource(services.workers()),
                        new PluginsResource(services.plugins()),
                        new BackupResource(services.backups())));
    }
}
