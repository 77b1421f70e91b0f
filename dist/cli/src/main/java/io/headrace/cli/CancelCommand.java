package io.headrace.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Cancels a run. */
@Command(name = "cancel", description = "Cancels a run.", mixinStandardHelpOptions = true)
final class CancelCommand extends ServerCommand {

    @Parameters(paramLabel = "RUN", description = "Id, or PROJECT#NUMBER.")
    private String run = "";

    @Override
    public Integer call() {
        var server = server();
        server.post("/runs/" + RunReference.id(server, run) + "/cancel", Map.of());
        terminal().line("Asked for the end of " + run);
        return ExitCode.SUCCEEDED;
    }
}
