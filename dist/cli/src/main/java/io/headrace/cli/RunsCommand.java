package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(name = "runs", description = "Lists runs, newest first.", mixinStandardHelpOptions = true)
final class RunsCommand extends ServerCommand {

    @Option(names = "--project")
    private @Nullable String project;

    @Option(names = "--status", description = "Such as running, failed or succeeded.")
    private @Nullable String status;

    @Option(names = "--branch")
    private @Nullable String branch;

    @Option(
            names = "--limit",
            defaultValue = "20",
            description = "1 to 1000; default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var query = new LinkedHashMap<String, @Nullable Object>();
        query.put("project", project);
        query.put("status", status);
        query.put("branch", branch);
        query.put("limit", limit);
        var page = server().get("/runs" + Server.query(query));
        if (json) {
            json(page);
            return ExitCode.SUCCEEDED;
        }
        var rows = new ArrayList<List<String>>();
        for (JsonNode run : page.path("items")) {
            rows.add(
                    List.of(
                            text(run, "project") + "#" + run.path("number").asLong(),
                            terminal().status(run.path("status").asText()),
                            text(run, "branch"),
                            Follower.shortId(text(run, "commit")),
                            Terminal.took(
                                    run.path("startedAt").asText(""),
                                    run.path("finishedAt").asText("")),
                            text(run, "message")));
        }
        if (rows.isEmpty()) {
            terminal().line("There are no such runs. Start one: headrace run PROJECT --follow");
        } else {
            terminal().table(List.of("RUN", "STATUS", "BRANCH", "COMMIT", "TOOK", "MESSAGE"), rows);
        }
        return ExitCode.SUCCEEDED;
    }
}
