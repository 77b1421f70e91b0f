package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What jobs need beside a worker, and whether it is used just now. */
@Command(
        name = "breakers",
        description = "Shows what jobs are held for because it is down, and has it used again.",
        mixinStandardHelpOptions = true,
        subcommands = {BreakersCommand.ListAll.class, BreakersCommand.Reset.class})
final class BreakersCommand extends CommandGroup {

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists what failed before, and whether jobs that need it are held.",
            mixinStandardHelpOptions = true)
    static final class ListAll extends ServerCommand {

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var page = server().get("/breakers");
            if (json) {
                json(page);
                return ExitCode.SUCCEEDED;
            }
            var rows = new ArrayList<List<String>>();
            for (JsonNode breaker : page.path("items")) {
                rows.add(
                        List.of(
                                text(breaker, "id"),
                                text(breaker, "state"),
                                text(breaker, "failures"),
                                text(breaker, "tryAt"),
                                text(breaker, "reason")));
            }
            if (rows.isEmpty()) {
                terminal().line("Nothing that jobs need has failed.");
            } else {
                terminal().table(List.of("ID", "STATE", "FAILURES", "TRIED AGAIN", "WHY"), rows);
            }
            return ExitCode.SUCCEEDED;
        }
    }

    /** Closes one. */
    @Command(
            name = "reset",
            description = "Has something used again, so that jobs which it held are taken.",
            mixinStandardHelpOptions = true)
    static final class Reset extends ServerCommand {

        @Parameters(paramLabel = "ID", description = "Such as executor:docker.")
        private String id = "";

        @Override
        public Integer call() {
            server().post("/breakers/" + Server.encoded(id) + "/reset", Map.of());
            terminal().line("Jobs that need %s are taken again".formatted(id));
            return ExitCode.SUCCEEDED;
        }
    }
}
