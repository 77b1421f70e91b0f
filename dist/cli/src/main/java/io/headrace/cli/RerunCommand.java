package io.headrace.cli;

import java.util.List;
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
            names = "--from",
            split = ",",
            paramLabel = "JOB",
            description = "That job and what needs it, and whatever did not succeed.")
    private List<String> from = List.of();

    @Option(
            names = "--newest",
            description = "The pipeline file and the commit that the branch or tag has by now.")
    private boolean newest;

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
        var again = server.post("/runs/" + id + "/rerun", what());
        return new Follower(server, terminal()).started(again, follow, json, this::json);
    }

    private Map<String, Object> what() {
        var chosen = (failed ? 1 : 0) + (from.isEmpty() ? 0 : 1) + (newest ? 1 : 0);
        if (chosen > 1) {
            throw new CliException(
                    ExitCode.INVALID, "Only one of --failed, --from and --newest can be had.");
        }
        if (!from.isEmpty()) {
            return Map.of("mode", "from", "jobs", from);
        }
        return Map.of("mode", failed ? "failed" : newest ? "newest" : "all");
    }
}
