package io.headrace.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a run. */
@Command(name = "run", description = "Starts a run.", mixinStandardHelpOptions = true)
final class RunCommand extends ServerCommand {

    @Parameters(paramLabel = "PROJECT")
    private String project = "";

    @Option(names = "--ref", description = "Branch, tag or commit.")
    private @Nullable String ref;

    @Option(names = "--commit", description = "Full id of a commit.")
    private @Nullable String commit;

    @Option(
            names = {"--param", "--var"},
            paramLabel = "K=V",
            description = "A parameter; can be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = {"--follow", "-f"},
            description = "Show the log until the run is over.")
    private boolean follow;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var body = new LinkedHashMap<String, Object>();
        if (ref != null) {
            body.put("ref", ref);
        }
        if (commit != null) {
            body.put("commit", commit);
        }
        body.put("parameters", parameters);
        var server = server();
        var run = server.post("/projects/" + Server.encoded(project) + "/runs", body);
        return new Follower(server, terminal()).started(run, follow, json, this::json);
    }
}
