package io.headrace.e2e.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./headrace chaos}. */
@Command(
        name = "headrace chaos",
        description = {
            "Breaks servers, workers and the database at random while runs are started, and checks"
                    + " the history of every run that was accepted.",
            "Exit codes: 0 the history holds, 1 it does not, 2 wrong options."
        },
        mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {

    @Option(
            names = "--db",
            defaultValue = "postgres",
            description = "derby, with one server, or postgres; ${DEFAULT-VALUE}.")
    private String database = "postgres";

    @Option(
            names = "--runs",
            defaultValue = "500",
            description = "How many runs are started at least; ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--faults",
            defaultValue = "0",
            description = "How many faults are made at least; one for 15 runs unless given.")
    private int faults;

    @Option(names = "--seed", defaultValue = "1", description = "Of all that is random.")
    private long seed;

    @Option(names = "--controllers", defaultValue = "3", description = "With postgres only.")
    private int controllers;

    @Option(names = "--workers", defaultValue = "6", description = "With postgres only.")
    private int workers;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--keep", description = "Keep homes, logs and database, and say where.")
    private boolean keep;

    @Option(names = "--report", description = "A file for the report as Markdown.")
    private @Nullable Path report;

    /** Runs a trial; exits with 0 only if its history holds. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!database.equals("derby") && !database.equals("postgres")) {
            System.err.println("--db is '" + database + "'; use derby or postgres");
            return 2;
        }
        var directory = Files.createTempDirectory("headrace-chaos");
        var plan =
                new ChaosTrial.Plan(
                        database,
                        runs,
                        faults > 0 ? faults : Math.max(5, runs / 15),
                        controllers,
                        workers,
                        seed);
        var result = new ChaosTrial(directory, plan).run();
        System.out.println(json ? result.json() : result.markdown());
        if (report != null) {
            Files.writeString(report, result.markdown());
        }
        if (keep || !result.holds()) {
            System.err.println("Everything is kept in " + directory);
        } else {
            delete(directory);
        }
        return result.holds() ? 0 : 1;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
