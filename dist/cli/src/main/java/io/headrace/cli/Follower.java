package io.headrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows runs as they go: their logs, and what became of their jobs. */
final class Follower {

    private final Server server;
    private final Terminal terminal;
    private final Map<String, String> shown = new HashMap<>();

    Follower(Server server, Terminal terminal) {
        this.server = server;
        this.terminal = terminal;
    }

    static String shortId(String commit) {
        return commit.substring(0, Math.min(10, commit.length()));
    }

    /** Tells of a run that was just started, and follows it if that is wanted. */
    int started(JsonNode run, boolean follow, boolean json, Consumer<JsonNode> print) {
        if (json && !follow) {
            print.accept(run);
        } else {
            terminal.line(
                    "%s#%d  %s"
                            .formatted(
                                    terminal.safe(run.path("project").asText()),
                                    run.path("number").asLong(),
                                    address(run)));
        }
        if (follow) {
            return follow(run.path("id").asText(), "");
        }
        // Nothing more to wait for where the run could not even begin.
        return run.path("status").asText().equals("ERRORED") ? ended(run) : ExitCode.SUCCEEDED;
    }

    private String address(JsonNode run) {
        return terminal.dim(server.url() + "/runs/" + run.path("id").asText());
    }

    /** Shows the log until the run is over; returns the exit code for its status. */
    int follow(String id, String query) {
        server.events("/runs/" + id + "/logs" + query, this::event);
        return ended(server.get("/runs/" + id));
    }

    private int ended(JsonNode run) {
        summary(run);
        return ExitCode.of(run.path("status").asText());
    }

    private boolean event(String name, String data) {
        try {
            var node = Server.JSON.readTree(data);
            switch (name) {
                case "line" -> logLine(node);
                case "job" -> job(node);
                case "end" -> {
                    return false;
                }
                default -> {}
            }
            return true;
        } catch (JsonProcessingException e) {
            throw new CliException(
                    ExitCode.UNREACHABLE, "The server sent something that is no JSON");
        }
    }

    private void logLine(JsonNode line) {
        terminal.line(
                terminal.dim(terminal.safe(line.path("job").asText()) + " │ ") + coloured(line));
    }

    private String coloured(JsonNode line) {
        var text = terminal.safe(line.path("text").asText());
        return switch (line.path("stream").asText()) {
            case "STDERR" -> terminal.red(text);
            case "SYSTEM" -> terminal.dim(text);
            default -> text;
        };
    }

    private void job(JsonNode job) {
        var status = job.path("status").asText();
        var before = shown.put(job.path("id").asText(), status);
        if (status.equals(before) || status.equals("PENDING") || status.equals("QUEUED")) {
            return;
        }
        var reason = terminal.safe(job.path("reason").asText(""));
        terminal.line(
                "%s %s%s"
                        .formatted(
                                terminal.status(status),
                                terminal.bold(terminal.safe(job.path("name").asText())),
                                reason.isEmpty() ? "" : terminal.dim("  " + reason)));
    }

    /** Shows a run with its jobs. */
    void summary(JsonNode run) {
        terminal.line("");
        terminal.line(
                "%s  %s#%d  %s  %s"
                        .formatted(
                                terminal.status(run.path("status").asText()),
                                terminal.safe(run.path("project").asText()),
                                run.path("number").asLong(),
                                terminal.safe(
                                        run.path("branch").asText(run.path("ref").asText(""))),
                                shortId(run.path("commit").asText(""))));
        terminal.line("   " + terminal.dim(cause(run)));
        var reason = terminal.safe(run.path("reason").asText(""));
        // Where there are problems, the reason only tells the first of them.
        if (!reason.isEmpty() && run.path("problems").isEmpty()) {
            terminal.line("   " + reason);
        }
        for (JsonNode job : run.path("jobs")) {
            var took =
                    Terminal.took(
                            job.path("startedAt").asText(""), job.path("finishedAt").asText(""));
            var why = terminal.safe(job.path("reason").asText(""));
            terminal.line(
                    "   %s  %s %s%s"
                            .formatted(
                                    terminal.status(job.path("status").asText()),
                                    terminal.safe(job.path("name").asText()),
                                    terminal.dim(took + place(job)),
                                    why.isEmpty() ? "" : terminal.dim("  " + why)));
        }
        for (JsonNode problem : run.path("problems")) {
            terminal.line(
                    "   %s:%d:%d: %s; %s"
                            .formatted(
                                    terminal.safe(problem.path("file").asText()),
                                    problem.path("line").asInt(),
                                    problem.path("column").asInt(),
                                    terminal.safe(problem.path("message").asText()),
                                    terminal.safe(problem.path("fix").asText())));
        }
    }

    /** Prints what is there of the logs of a run, attempt by attempt. */
    void print(String id, @Nullable String onlyJob, @Nullable String onlyStep) {
        var run = server.get("/runs/" + id);
        for (JsonNode job : run.path("jobs")) {
            if (onlyJob != null
                    && !onlyJob.equals(job.path("id").asText())
                    && !onlyJob.equals(job.path("key").asText())
                    && !onlyJob.equals(job.path("name").asText())
                    && !onlyJob.equals(job.path("baseName").asText())) {
                continue;
            }
            for (JsonNode attempt : job.path("attempts")) {
                print(job, attempt, onlyStep);
            }
        }
    }

    private void print(JsonNode job, JsonNode attempt, @Nullable String onlyStep) {
        var index = -2;
        for (JsonNode step : attempt.path("steps")) {
            if (step.path("name").asText().equals(onlyStep)) {
                index = step.path("index").asInt();
            }
        }
        var path = "/attempts/" + attempt.path("id").asText() + "/log?from=1&limit=1000000000";
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(
                                server.download(path, "application/x-ndjson"),
                                StandardCharsets.UTF_8))) {
            String text;
            while ((text = reader.readLine()) != null) {
                var line = Server.JSON.readTree(text);
                if (onlyStep == null || line.path("step").asInt(-1) == index) {
                    terminal.line(
                            terminal.dim(terminal.safe(job.path("name").asText()) + " │ ")
                                    + coloured(line));
                }
            }
        } catch (IOException e) {
            throw new CliException(ExitCode.UNREACHABLE, "The log broke off: " + e.getMessage());
        }
    }

    private String cause(JsonNode run) {
        var cause =
                new StringBuilder("started by ")
                        .append(terminal.safe(run.path("triggeredBy").asText()))
                        .append(" (")
                        .append(terminal.safe(run.path("event").asText()))
                        .append(')');
        run.path("parameters")
                .properties()
                .forEach(parameter ->
                        cause.append("  ")
                                .append(terminal.safe(parameter.getKey()))
                                .append('=')
                                .append(terminal.safe(parameter.getValue().asText())));
        return cause.toString();
    }

    private String place(JsonNode job) {
        return job.has("image") ? "  in " + terminal.safe(job.path("image").asText()) : "";
    }
}
