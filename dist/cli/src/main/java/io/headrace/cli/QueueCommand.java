package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what waits for a worker, and why. */
@Command(
        name = "queue",
        description = "Shows what waits for a worker, and why.",
        mixinStandardHelpOptions = true)
final class QueueCommand extends ServerCommand {

    /** The server gives no more at once. */
    private static final int MOST = 1000;

    @Option(
            names = "--limit",
            defaultValue = "50",
            description = "1 to 1000; default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var page = server().get("/queue?limit=" + limit);
        if (json) {
            json(page);
            return ExitCode.SUCCEEDED;
        }
        var now = Instant.now();
        var rows = new ArrayList<List<String>>();
        for (JsonNode job : page.path("items")) {
            rows.add(
                    List.of(
                            text(job, "project") + "#" + text(job, "runNumber"),
                            text(job, "name"),
                            text(job, "pool") + " " + text(job, "position"),
                            wait(job.path("start"), now),
                            text(job, "reason")));
        }
        if (rows.isEmpty()) {
            terminal().line("Nothing waits.");
        } else {
            terminal().table(List.of("RUN", "JOB", "POOL", "STARTS IN", "WHY IT WAITS"), rows);
            more(rows.size(), page.path("total").asInt());
        }
        return ExitCode.SUCCEEDED;
    }

    /** Says how long until a job is expected to start: the half, and nine tenths, of the time. */
    private static String wait(JsonNode start, Instant now) {
        if (start.isMissingNode() || start.isNull()) {
            return "";
        }
        return "%s–%s".formatted(until(start.path("p50"), now), until(start.path("p90"), now));
    }

    private static String until(JsonNode time, Instant now) {
        try {
            var seconds = Duration.between(now, Instant.parse(time.asText())).toSeconds();
            return seconds < 60 ? Math.max(0, seconds) + " s" : (seconds + 59) / 60 + " min";
        } catch (DateTimeParseException e) {
            return "?";
        }
    }

    private void more(int shown, int total) {
        if (shown < total) {
            terminal()
                    .line(
                            "The first %,d of %,d%s"
                                    .formatted(
                                            shown,
                                            total,
                                            shown < MOST
                                                    ? "; more: headrace queue --limit "
                                                            + Math.min(total, MOST)
                                                    : ""));
        }
    }
}
