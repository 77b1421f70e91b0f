package io.headrace.cli;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the log of a run. */
@Command(name = "logs", description = "Shows the log of a run.", mixinStandardHelpOptions = true)
final class LogsCommand extends ServerCommand {

    @Parameters(paramLabel = "RUN", description = "Id, or PROJECT#NUMBER.")
    private String run = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run is over.")
    private boolean follow;

    @Option(names = "--job", description = "Only this job.")
    private @Nullable String job;

    @Option(names = "--step", description = "Only this step of the job.")
    private @Nullable String step;

    @Override
    public Integer call() {
        var server = server();
        var id = RunReference.id(server, run);
        var query = new LinkedHashMap<String, @Nullable Object>();
        query.put("job", job);
        query.put("step", step);
        var follower = new Follower(server, terminal());
        if (follow) {
            return follower.follow(id, Server.query(query));
        }
        follower.print(id, job, step);
        return ExitCode.SUCCEEDED;
    }
}
