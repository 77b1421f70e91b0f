package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists workers. */
@Command(name = "workers", description = "Lists workers.", mixinStandardHelpOptions = true)
final class WorkersCommand extends ServerCommand {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var page = server().get("/workers");
        if (json) {
            json(page);
            return ExitCode.SUCCEEDED;
        }
        var rows = new ArrayList<List<String>>();
        for (JsonNode worker : page.path("items")) {
            rows.add(
                    List.of(
                            text(worker, "name"),
                            text(worker, "kind"),
                            text(worker, "state"),
                            worker.path("working").size() + "/" + text(worker, "slots"),
                            words(worker.path("pools")),
                            words(worker.path("labels"))));
        }
        terminal().table(List.of("NAME", "KIND", "STATE", "BUSY", "POOLS", "LABELS"), rows);
        return ExitCode.SUCCEEDED;
    }

    private String words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(word -> terminal().safe(word.asText()))
                .collect(Collectors.joining(","));
    }
}
