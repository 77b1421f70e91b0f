package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plugins of the server. */
@Command(
        name = "plugin",
        description = "Lists, installs, enables, disables and removes plugins.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PluginCommand.ListAll.class,
            PluginCommand.Install.class,
            PluginCommand.Remove.class,
            PluginCommand.Enable.class,
            PluginCommand.Disable.class
        })
final class PluginCommand extends CommandGroup {

    /** Lists plugins. */
    @Command(name = "list", description = "Lists plugins.", mixinStandardHelpOptions = true)
    static final class ListAll extends ServerCommand {

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var page = server().get("/plugins");
            if (json) {
                json(page);
                return ExitCode.SUCCEEDED;
            }
            var rows = new ArrayList<List<String>>();
            for (JsonNode plugin : page.path("items")) {
                rows.add(
                        List.of(
                                text(plugin, "id"),
                                text(plugin, "version"),
                                text(plugin, "state"),
                                text(plugin, "description")));
            }
            terminal().table(List.of("ID", "VERSION", "STATE", "DESCRIPTION"), rows);
            return ExitCode.SUCCEEDED;
        }
    }

    /** Installs or upgrades a plugin. */
    @Command(
            name = "install",
            description = "Installs a plugin from a zip, or upgrades it; no restart is needed.",
            mixinStandardHelpOptions = true)
    static final class Install extends ServerCommand {

        @Parameters(paramLabel = "FILE")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException {
            if (!Files.isRegularFile(file)) {
                throw new CliException(ExitCode.INVALID, "There is no file " + file);
            }
            var plugin = server().upload("/plugins", file);
            terminal()
                    .line("Installed %s %s".formatted(text(plugin, "id"), text(plugin, "version")));
            return ExitCode.SUCCEEDED;
        }
    }

    /** Removes a plugin. */
    @Command(name = "remove", description = "Removes a plugin.", mixinStandardHelpOptions = true)
    static final class Remove extends ServerCommand {

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            server().delete("/plugins/" + Server.encoded(id));
            terminal().line("Removed " + id);
            return ExitCode.SUCCEEDED;
        }
    }

    /** Enables a plugin. */
    @Command(name = "enable", description = "Starts a plugin.", mixinStandardHelpOptions = true)
    static final class Enable extends ServerCommand {

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            server().post("/plugins/" + Server.encoded(id) + "/enable", Map.of());
            terminal().line("Enabled " + id);
            return ExitCode.SUCCEEDED;
        }
    }

    /** Disables a plugin. */
    @Command(name = "disable", description = "Stops a plugin.", mixinStandardHelpOptions = true)
    static final class Disable extends ServerCommand {

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            server().post("/plugins/" + Server.encoded(id) + "/disable", Map.of());
            terminal().line("Disabled " + id);
            return ExitCode.SUCCEEDED;
        }
    }
}
