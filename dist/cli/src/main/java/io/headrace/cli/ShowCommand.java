package io.headrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a run with its jobs. */
@Command(name = "show", description = "Shows a run with its jobs.", mixinStandardHelpOptions = true)
final class ShowCommand extends ServerCommand {

    @Parameters(paramLabel = "RUN", description = "Id, or PROJECT#NUMBER.")
    private String run = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var server = server();
        var detail = server.get("/runs/" + RunReference.id(server, run));
        if (json) {
            json(detail);
        } else {
            new Follower(server, terminal()).summary(detail);
        }
        return ExitCode.SUCCEEDED;
    }
}
