package io.headrace.web;

import io.headrace.engine.log.LogWriter;
import io.headrace.engine.log.Masker;
import io.headrace.engine.project.Project;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A project of its own for a test, and short ways to be the worker of its runs. */
final class Site {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TestServer server;
    final String project = "project-" + NUMBER.incrementAndGet();

    Site(TestServer server, String pipeline) {
        this.server = server;
        var url = "https://example.org/" + project + ".git";
        server.sources.put(url, pipeline);
        server.services.projects().create(project, new Project.Source("git", url, null), null);
    }

    /** Starts a run over HTTP and returns its id. */
    String run(Client client) {
        return run(client, "{}");
    }

    /** Starts a run with what {@code body} says, and returns its id. */
    String run(Client client, String body) {
        var answer = client.post("/api/v1/projects/" + project + "/runs", body);
        if (answer.status() != 201) {
            throw new AssertionError(answer.body());
        }
        return answer.json().path("id").asText();
    }

    /** Claims the run's job {@code key}; gives back what it claims of other tests by ending it. */
    Claim claim(String run, String key) {
        var others = new ArrayList<Claim>();
        while (true) {
            var claims =
                    runs().claim("worker", List.of("default"), Set.of(), 1, Duration.ofMinutes(5));
            if (claims.isEmpty()) {
                throw new AssertionError(
                        "The job '%s' is not queued: %s"
                                .formatted(key, runs().detail(RunId.parse(run))));
            }
            var claim = claims.getFirst();
            if (claim.key().equals(key) && claim.run().equals(RunId.parse(run))) {
                others.forEach(other -> end(other, Status.CANCELLED));
                return claim;
            }
            others.add(claim);
        }
    }

    LogWriter log(Claim claim) throws IOException {
        return server.services.logs().open(claim.attempt(), Masker.NONE);
    }

    /** Writes lines as the output of a step. */
    static void print(LogWriter log, int step, String... lines) {
        try (var output = log.output(step)) {
            for (var line : lines) {
                var bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                output.stdout(bytes, 0, bytes.length);
            }
        }
    }

    void end(Claim claim, Status status) {
        runs().finish(claim, RunStore.Ending.of(status, ""));
    }

    RunStore runs() {
        return server.stores.runs();
    }
}
