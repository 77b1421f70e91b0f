package io.headrace.cli;

import java.util.Locale;
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
        var path = "/runs/" + RunReference.id(server, run);
        var before = server.get(path);
        if (before.has("finishedAt")) {
            var status = text(before, "status").toLowerCase(Locale.ROOT);
            terminal().line("%s is over: %s".formatted(run, status));
            return ExitCode.SUCCEEDED;
        }
        server.post(path + "/cancel", Map.of());
        terminal().line("Asked for the end of " + run);
        return ExitCode.SUCCEEDED;
    }
}
