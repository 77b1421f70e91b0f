package io.headrace.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a run's plan again. */
@Command(
        name = "rerun",
        description = "Runs the same plan for the same commit again, as a new run.",
        mixinStandardHelpOptions = true)
final class RerunCommand extends ServerCommand {

    @Parameters(paramLabel = "RUN", description = "Id, or PROJECT#NUMBER.")
    private String run = "";

    @Option(names = "--failed", description = "Only what did not succeed, and what needs it.")
    private boolean failed;

    @Option(
            names = {"--follow", "-f"},
            description = "Show the log until the run is over.")
    private boolean follow;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var server = server();
        var id = RunReference.id(server, run);
        var again =
                server.post("/runs/" + id + "/rerun", Map.of("mode", failed ? "failed" : "all"));
        return new Follower(server, terminal()).started(again, follow, json, this::json);
    }
}
