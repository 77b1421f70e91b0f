package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Projects: repositories that have pipelines. */
@Command(
        name = "project",
        description = "Adds, lists and removes projects.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ProjectCommand.Add.class,
            ProjectCommand.ListAll.class,
            ProjectCommand.Share.class,
            ProjectCommand.Remove.class
        })
final class ProjectCommand extends CommandGroup {

    /** Adds a project. */
    @Command(
            name = "add",
            description = "Adds a repository as a project.",
            mixinStandardHelpOptions = true)
    static final class Add extends ServerCommand {

        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "URL",
                description = "Path on the server, file:, http(s):, ssh: or user@host:path.")
        private String url = "";

        @Option(names = "--branch", description = "Branch to run by default.")
        private @Nullable String branch;

        @Option(names = "--pipeline-file", description = "Default: .headrace.yml")
        private @Nullable String pipelineFile;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var source = new LinkedHashMap<String, Object>();
            source.put("type", "git");
            source.put("url", url);
            if (branch != null) {
                source.put("branch", branch);
            }
            var body = new LinkedHashMap<String, Object>(Map.of("name", name, "source", source));
            if (pipelineFile != null) {
                body.put("pipelineFile", pipelineFile);
            }
            var project = server().post("/projects", body);
            if (json) {
                json(project);
            } else {
                terminal()
                        .line(
                                "Added project %s. Run it: headrace run %s --follow"
                                        .formatted(name, name));
            }
            return ExitCode.SUCCEEDED;
        }
    }

    /** Lists projects. */
    @Command(name = "list", description = "Lists projects.", mixinStandardHelpOptions = true)
    static final class ListAll extends ServerCommand {

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var page = server().get("/projects?limit=1000");
            if (json) {
                json(page);
                return ExitCode.SUCCEEDED;
            }
            var rows = new ArrayList<List<String>>();
            for (JsonNode project : page.path("items")) {
                rows.add(
                        List.of(
                                text(project, "name"),
                                text(project.path("source"), "url"),
                                text(project.path("source"), "branch")));
            }
            if (rows.isEmpty()) {
                terminal().line("There are no projects. Add one: headrace project add NAME URL");
            } else {
                terminal().table(List.of("NAME", "SOURCE", "BRANCH"), rows);
            }
            return ExitCode.SUCCEEDED;
        }
    }

    /** Shows or sets what a project may have of the workers. */
    @Command(
            name = "share",
            description = "Shows, or sets, what a project may have of the workers.",
            mixinStandardHelpOptions = true)
    static final class Share extends ServerCommand {

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Option(
                names = "--weight",
                description =
                        "1 to 1000; 100 unless it is set. Twice the weight gets twice the slots.")
        private @Nullable Integer weight;

        @Option(
                names = "--max-running",
                description = "How many of its jobs run at once; 0 for any number.")
        private @Nullable Integer maxRunning;

        @Override
        public Integer call() {
            var path = "/projects/" + Server.encoded(name) + "/share";
            var share = server().get(path);
            if (weight != null || maxRunning != null) {
                var body = new LinkedHashMap<String, Object>();
                body.put("weight", weight != null ? weight : share.path("weight").asInt());
                var most = maxRunning != null ? maxRunning : share.path("maxRunning").asInt(0);
                if (most != 0) {
                    body.put("maxRunning", most);
                }
                share = server().put(path, body);
            }
            var most = share.path("maxRunning").asInt(0);
            terminal()
                    .line(
                            "Project %s has the weight %d; %s"
                                    .formatted(
                                            name,
                                            share.path("weight").asInt(),
                                            most == 0
                                                    ? "any number of its jobs run at once"
                                                    : "up to %d of its jobs run at once"
                                                            .formatted(most)));
            return ExitCode.SUCCEEDED;
        }
    }

    /** Removes a project. */
    @Command(
            name = "remove",
            description = "Removes a project with all its runs.",
            mixinStandardHelpOptions = true)
    static final class Remove extends ServerCommand {

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() {
            server().delete("/projects/" + Server.encoded(name));
            terminal().line("Removed project " + name);
            return ExitCode.SUCCEEDED;
        }
    }
}
