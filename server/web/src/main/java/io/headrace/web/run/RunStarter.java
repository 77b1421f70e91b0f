package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Principal;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Trigger;
import io.headrace.language.PlanEvent;
import io.headrace.web.access.Caller;
import io.headrace.web.http.Created;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts runs for the routes that do. */
final class RunStarter {

    private final Runs runs;

    RunStarter(Runs runs) {
        this.runs = runs;
    }

    Response start(
            UriInfo uri,
            SecurityContext caller,
            String project,
            @Nullable String key,
            NewRun wanted) {
        var principal = Caller.of(caller);
        var parameters = wanted.parameters();
        var accepted =
                runs.start(
                        new Trigger(
                                project,
                                principal.kind() == Principal.Kind.TOKEN
                                        ? PlanEvent.Type.API
                                        : PlanEvent.Type.MANUAL,
                                wanted.ref(),
                                wanted.commit(),
                                parameters == null ? Map.of() : parameters,
                                principal.name(),
                                key));
        return accepted(uri, accepted);
    }

    /** Answers 201 with the run, or 200 if the idempotency key was used before. */
    Response accepted(UriInfo uri, RunStore.Accepted accepted) {
        var run =
                runs.find(accepted.run())
                        .orElseThrow(() ->
                                Refused.notFound("Run %s was deleted".formatted(accepted.run())));
        return Response.status(accepted.isNew() ? 201 : 200)
                .location(Created.address(uri, "runs/" + accepted.run()))
                .entity(RunView.of(run))
                .build();
    }
}
