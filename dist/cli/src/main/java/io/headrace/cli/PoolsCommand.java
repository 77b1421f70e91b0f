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

/** Shows pools, and sets what they may have. */
@Command(
        name = "pools",
        description = "Shows what waits and runs in each pool, and how many workers it wants.",
        mixinStandardHelpOptions = true,
        subcommands = {PoolsCommand.Set.class, PoolsCommand.Reset.class})
final class PoolsCommand extends ServerCommand {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var page = server().get("/pools");
        if (json) {
            json(page);
            return ExitCode.SUCCEEDED;
        }
        var rows = new ArrayList<List<String>>();
        for (JsonNode pool : page.path("items")) {
            rows.add(
                    List.of(
                            text(pool, "name"),
                            text(pool, "queued"),
                            text(pool, "oldestSeconds") + " s",
                            text(pool, "running"),
                            text(pool, "slots"),
                            text(pool, "workers"),
                            text(pool, "wantedWorkers")));
        }
        terminal()
                .table(
                        List.of(
                                "POOL", "WAITING", "OLDEST", "RUNNING", "SLOTS", "WORKERS",
                                "WANTED"),
                        rows);
        return ExitCode.SUCCEEDED;
    }

    /** Sets what holds for a pool. */
    @Command(
            name = "set",
            description = "Sets what holds for a pool; what is left out is as usual.",
            mixinStandardHelpOptions = true)
    static final class Set extends ServerCommand {

        @Parameters(paramLabel = "POOL")
        private String pool = "";

        @Option(names = "--max-running", description = "How many jobs run in it at once.")
        private @Nullable Integer maxRunning;

        @Option(
                names = "--jobs-per-worker",
                description = "For how many jobs one worker is wanted.")
        private @Nullable Integer jobsPerWorker;

        @Option(names = "--min-workers", description = "How many workers are wanted at least.")
        private @Nullable Integer minWorkers;

        @Option(names = "--max-workers", description = "How many workers are wanted at most.")
        private @Nullable Integer maxWorkers;

        @Override
        public Integer call() {
            var body = new LinkedHashMap<String, Object>();
            put(body, "maxRunning", maxRunning);
            put(body, "jobsPerWorker", jobsPerWorker);
            put(body, "minWorkers", minWorkers);
            put(body, "maxWorkers", maxWorkers);
            server().put("/pools/" + Server.encoded(pool), body);
            terminal().line("Set what holds for pool " + pool);
            return ExitCode.SUCCEEDED;
        }

        private static void put(Map<String, Object> body, String name, @Nullable Integer value) {
            if (value != null) {
                body.put(name, value);
            }
        }
    }

    /** Has what is usual hold for a pool again. */
    @Command(
            name = "reset",
            description = "Has what is usual hold for a pool again.",
            mixinStandardHelpOptions = true)
    static final class Reset extends ServerCommand {

        @Parameters(paramLabel = "POOL")
        private String pool = "";

        @Override
        public Integer call() {
            server().delete("/pools/" + Server.encoded(pool));
            terminal().line("What is usual holds for pool " + pool);
            return ExitCode.SUCCEEDED;
        }
    }
}
