package io.headrace.cli;

import io.headrace.language.PipelineParser;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.language.Planner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a pipeline file would do, here, without a server. */
@Command(
        name = "plan",
        description = "Shows what a pipeline file would do, without a server.",
        mixinStandardHelpOptions = true)
final class PlanCommand extends ServerCommand {

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
            names = "--event",
            defaultValue = "manual",
            description = "push, pull_request, tag, manual, …")
    private PlanEvent.Type event = PlanEvent.Type.MANUAL;

    @Option(names = "--branch", defaultValue = "main")
    private String branch = "main";

    @Option(names = "--param", paramLabel = "K=V", description = "A parameter; can be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var problems = new ArrayList<PipelineProblem>();
        var parsed = new PipelineParser().parse(file.toString(), LintCommand.read(file));
        problems.addAll(parsed.problems());
        var pipeline = parsed.pipeline();
        Plan plan = null;
        if (pipeline != null) {
            var planned =
                    new Planner()
                            .plan(
                                    pipeline,
                                    new PlanEvent(
                                            "local",
                                            event,
                                            "refs/heads/" + branch,
                                            branch,
                                            null,
                                            "0".repeat(40),
                                            parameters));
            problems.addAll(planned.problems());
            plan = planned.plan();
        }
        if (json && plan != null) {
            json(PlanJson.of(plan));
        } else {
            new ProblemReport(terminal()).print(problems);
            if (plan != null) {
                print(plan);
            }
        }
        return plan == null ? ExitCode.INVALID : ExitCode.SUCCEEDED;
    }

    private void print(Plan plan) {
        terminal().line(terminal().bold(plan.name()));
        var number = 1;
        for (var level : plan.levels()) {
            terminal().line(terminal().dim("Level " + number++));
            for (var id : level) {
                plan.job(id).ifPresent(this::print);
            }
        }
    }

    private void print(Plan.Job job) {
        var skipped = job.condition().verdict() == Plan.Condition.Verdict.SKIPPED;
        var needs = job.needs().isEmpty() ? "" : " after " + String.join(", ", job.needs());
        terminal()
                .line(
                        "  %s %s%s"
                                .formatted(
                                        Terminal.symbol(skipped ? "SKIPPED" : "QUEUED"),
                                        job.name(),
                                        terminal().dim(needs)));
        if (!job.condition().explanation().isEmpty()) {
            terminal()
                    .line(
                            terminal()
                                    .dim(
                                            "      %s: %s"
                                                    .formatted(
                                                            verdict(job.condition()),
                                                            terminal()
                                                                    .safe(
                                                                            job.condition()
                                                                                    .explanation()))));
        }
    }

    private static String verdict(Plan.Condition condition) {
        return switch (condition.verdict()) {
            case RUNS -> "runs";
            case SKIPPED -> "skipped";
            case DEFERRED -> "decided when its needs are over";
        };
    }

    /** A plan's nodes, edges and levels. */
    private static final class PlanJson {

        static com.fasterxml.jackson.databind.JsonNode of(Plan plan) {
            var root = Server.JSON.createObjectNode();
            root.put("name", plan.name());
            root.put("hash", plan.hash());
            var nodes = root.putArray("nodes");
            var edges = root.putArray("edges");
            for (var job : plan.jobs()) {
                var node = nodes.addObject();
                node.put("id", job.id());
                node.put("name", job.name());
                node.put("baseName", job.baseName());
                node.put("verdict", job.condition().verdict().name());
                node.put("reason", job.condition().explanation());
                for (var need : job.needs()) {
                    edges.addObject().put("source", need).put("target", job.id());
                }
            }
            var levels = root.putArray("levels");
            for (List<String> level : plan.levels()) {
                var ids = levels.addArray();
                level.forEach(ids::add);
            }
            return root;
        }
    }
}
