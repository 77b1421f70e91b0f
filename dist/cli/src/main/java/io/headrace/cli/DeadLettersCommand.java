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

/** Jobs that used up their attempts for reasons that are not their author's. */
@Command(
        name = "dead-letters",
        description = "Shows jobs that are not tried any more, has them run again, dismisses them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersCommand.ListAll.class,
            DeadLettersCommand.Groups.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.Requeue.class,
            DeadLettersCommand.Dismiss.class
        })
final class DeadLettersCommand extends CommandGroup {

    private static final String PATH = "/dead-letters";

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists dead letters, newest first.",
            mixinStandardHelpOptions = true)
    static final class ListAll extends ServerCommand {

        @Option(names = "--project", paramLabel = "PROJECT")
        private @Nullable String project;

        @Option(
                names = "--group",
                paramLabel = "GROUP",
                description = "A cause; see: headrace dead-letters groups")
        private @Nullable String group;

        @Option(
                names = "--state",
                defaultValue = "open",
                description = "open, requeued, dismissed or all; default: ${DEFAULT-VALUE}")
        private String state = "open";

        @Option(
                names = "--limit",
                defaultValue = "50",
                description = "1 to 1000; default: ${DEFAULT-VALUE}")
        private int limit;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var query = "?limit=" + limit + "&state=" + Server.encoded(state);
            if (project != null) {
                query += "&project=" + Server.encoded(project);
            }
            if (group != null) {
                query += "&group=" + Server.encoded(group);
            }
            var page = server().get(PATH + query);
            if (json) {
                json(page);
                return ExitCode.SUCCEEDED;
            }
            var rows = new ArrayList<List<String>>();
            for (JsonNode letter : page.path("items")) {
                rows.add(
                        List.of(
                                text(letter, "id"),
                                text(letter, "project") + "#" + text(letter, "runNumber"),
                                text(letter, "job"),
                                text(letter, "attempts"),
                                text(letter, "diedAt"),
                                text(letter, "reason")));
            }
            if (rows.isEmpty()) {
                terminal().line("There are no dead letters.");
            } else {
                terminal().table(List.of("ID", "RUN", "JOB", "TRIES", "DIED", "WHY"), rows);
            }
            return ExitCode.SUCCEEDED;
        }
    }

    /** Lists causes. */
    @Command(
            name = "groups",
            description = "Lists the causes of open dead letters, the most frequent first.",
            mixinStandardHelpOptions = true)
    static final class Groups extends ServerCommand {

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var page = server().get(PATH + "/groups");
            if (json) {
                json(page);
                return ExitCode.SUCCEEDED;
            }
            var rows = new ArrayList<List<String>>();
            for (JsonNode group : page.path("items")) {
                rows.add(
                        List.of(
                                text(group, "id"),
                                text(group, "jobs"),
                                text(group, "cause"),
                                text(group.path("failure"), "hint")));
            }
            if (rows.isEmpty()) {
                terminal().line("There are no dead letters.");
            } else {
                terminal().table(List.of("GROUP", "JOBS", "CAUSE", "WHAT TO DO"), rows);
            }
            return ExitCode.SUCCEEDED;
        }
    }

    /** Explains one. */
    @Command(
            name = "show",
            description = "Prints all that is known of a dead letter, as JSON.",
            mixinStandardHelpOptions = true)
    static final class Show extends ServerCommand {

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            json(server().get(PATH + "/" + Server.encoded(id)));
            return ExitCode.SUCCEEDED;
        }
    }

    /** Which dead letters a command is about. */
    abstract static class Choice extends ServerCommand {

        @Parameters(arity = "0..*", paramLabel = "ID")
        private List<String> ids = new ArrayList<>();

        @Option(
                names = "--group",
                paramLabel = "GROUP",
                description = "All with this cause; see: headrace dead-letters groups")
        private @Nullable String group;

        @Option(names = "--project", paramLabel = "PROJECT", description = "All of this project.")
        private @Nullable String project;

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        Integer send(String action, String done) {
            var which = new LinkedHashMap<String, Object>();
            if (!ids.isEmpty()) {
                which.put("ids", ids);
            }
            if (group != null) {
                which.put("group", group);
            }
            if (project != null) {
                which.put("project", project);
            }
            if (all) {
                which.put("all", true);
            }
            if (which.isEmpty() || (!ids.isEmpty() && which.size() > 1)) {
                throw new CliException(
                        ExitCode.INVALID,
                        "say which: IDs, or --group, --project or --all; see: headrace dead-letters list");
            }
            var answer = server().post(PATH + "/" + action, Map.copyOf(which));
            if (json) {
                json(answer);
            } else {
                terminal().line("%s: %s".formatted(done, text(answer, "done")));
                for (var run : answer.path("runs")) {
                    terminal().line("  in the run " + terminal().safe(run.asText()));
                }
                for (var left : answer.path("left")) {
                    terminal().line("  left: " + terminal().safe(left.asText()));
                }
            }
            return answer.path("left").isEmpty() ? ExitCode.SUCCEEDED : ExitCode.FAILED;
        }
    }

    /** Has some run again. */
    @Command(
            name = "requeue",
            description =
                    "Has dead jobs run again with fresh tries: in their run if that goes on, else"
                            + " in a new run of what failed in it.",
            mixinStandardHelpOptions = true)
    static final class Requeue extends Choice {

        @Override
        public Integer call() {
            return send("requeue", "Queued again");
        }
    }

    /** Dismisses some. */
    @Command(
            name = "dismiss",
            description = "Decides that nothing is to be done about dead letters.",
            mixinStandardHelpOptions = true)
    static final class Dismiss extends Choice {

        @Override
        public Integer call() {
            return send("dismiss", "Dismissed");
        }
    }
}
