package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Secrets of a project, for its jobs. */
@Command(
        name = "secret",
        description = "Sets, lists and removes secrets of a project.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SecretCommand.ListAll.class,
            SecretCommand.SetValue.class,
            SecretCommand.Remove.class
        })
final class SecretCommand extends CommandGroup {

    private static String path(String project) {
        return "/projects/" + Server.encoded(project) + "/secrets";
    }

    /** Lists names. */
    @Command(
            name = "list",
            description = "Lists the names of a project's secrets.",
            mixinStandardHelpOptions = true)
    static final class ListAll extends ServerCommand {

        @Parameters(paramLabel = "PROJECT")
        private String project = "";

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var page = server().get(path(project));
            if (json) {
                json(page);
                return ExitCode.SUCCEEDED;
            }
            var rows = new ArrayList<List<String>>();
            for (JsonNode secret : page.path("items")) {
                rows.add(
                        List.of(
                                text(secret, "name"),
                                text(secret, "updatedAt"),
                                text(secret, "updatedBy")));
            }
            if (rows.isEmpty()) {
                terminal()
                        .line(
                                "Project %s has no secrets. Add one: headrace secret set %s NAME"
                                        .formatted(project, project));
            } else {
                terminal().table(List.of("NAME", "SET", "BY"), rows);
            }
            return ExitCode.SUCCEEDED;
        }
    }

    /** Adds or replaces one. */
    @Command(
            name = "set",
            description =
                    "Adds a secret or replaces its value, which is asked for or read from standard"
                            + " input.",
            mixinStandardHelpOptions = true)
    static final class SetValue extends ServerCommand {

        @Parameters(index = "0", paramLabel = "PROJECT")
        private String project = "";

        @Parameters(
                index = "1",
                paramLabel = "NAME",
                description = "Letters, digits and '_'; the variable that jobs find it in.")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            var value = SecretInput.read("Value of " + name);
            server().put(path(project) + "/" + Server.encoded(name), Map.of("value", value));
            terminal().line("Set the secret %s of project %s".formatted(name, project));
            return ExitCode.SUCCEEDED;
        }
    }

    /** Removes one. */
    @Command(
            name = "remove",
            description = "Removes a secret of a project.",
            mixinStandardHelpOptions = true)
    static final class Remove extends ServerCommand {

        @Parameters(index = "0", paramLabel = "PROJECT")
        private String project = "";

        @Parameters(index = "1", paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() {
            server().delete(path(project) + "/" + Server.encoded(name));
            terminal().line("Removed the secret %s of project %s".formatted(name, project));
            return ExitCode.SUCCEEDED;
        }
    }
}
