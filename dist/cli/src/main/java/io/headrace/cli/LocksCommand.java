package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows who has a lock, and who waits for it. */
@Command(
        name = "locks",
        description = "Shows who has a lock or the turn of a group, and who waits for it.",
        mixinStandardHelpOptions = true)
final class LocksCommand extends ServerCommand {

    /** More of those that wait are counted and not named. */
    private static final int NAMED = 5;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var page = server().get("/locks");
        if (json) {
            json(page);
            return ExitCode.SUCCEEDED;
        }
        var rows = new ArrayList<List<String>>();
        for (JsonNode lock : page.path("items")) {
            var project = text(lock, "project");
            rows.add(
                    List.of(
                            text(lock, "kind").equals("GROUP") ? "group" : "lock",
                            text(lock, "name"),
                            project.isEmpty() ? "(all)" : project,
                            owners(lock.path("holders")),
                            owners(lock.path("waiters"))));
        }
        if (rows.isEmpty()) {
            terminal().line("No lock is held or waited for.");
        } else {
            terminal().table(List.of("KIND", "NAME", "PROJECT", "HELD BY", "WAITING"), rows);
        }
        return ExitCode.SUCCEEDED;
    }

    private String owners(JsonNode owners) {
        var named =
                StreamSupport.stream(owners.spliterator(), false)
                        .limit(NAMED)
                        .map(this::owner)
                        .collect(Collectors.joining(", "));
        var more = owners.size() - NAMED;
        return more > 0 ? "%s and %,d more".formatted(named, more) : named;
    }

    private String owner(JsonNode owner) {
        var run = text(owner, "project") + "#" + text(owner, "runNumber");
        var job = text(owner, "job");
        return job.isEmpty() ? run : run + " " + job;
    }
}
