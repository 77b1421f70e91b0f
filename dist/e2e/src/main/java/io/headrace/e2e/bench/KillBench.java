package io.headrace.e2e.bench;

import io.headrace.e2e.KillTrial;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills the server at random moments while it works, and checks that nothing is lost. */
@Command(name = "kill", description = "kill -9 at random moments; checks every accepted run.")
final class KillBench implements Callable<Integer> {

    @Option(names = "--kills", defaultValue = "50")
    private int kills;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    @Override
    public Integer call() throws Exception {
        var directory = Files.createTempDirectory("headrace-bench");
        try {
            var report = new KillTrial(directory, kills, seed).run();
            Bench.note("kills", Integer.toString(report.kills()));
            Bench.note("runs accepted", Integer.toString(report.accepted()));
            Bench.row("runs lost", Integer.toString(report.lost()), "0", report.lost() == 0);
            Bench.row(
                    "runs in a wrong final state",
                    Integer.toString(report.wrong()),
                    "0",
                    report.wrong() == 0);
            Bench.row(
                    "steps recorded twice",
                    Integer.toString(report.doubled()),
                    "0",
                    report.doubled() == 0);
            Bench.row(
                    "processes left",
                    Integer.toString(report.processes()),
                    "0",
                    report.processes() == 0);
            Bench.row(
                    "workspaces left",
                    Integer.toString(report.workspaces()),
                    "0",
                    report.workspaces() == 0);
            report.findings().forEach(System.out::println);
            return report.clean() ? 0 : 1;
        } finally {
            Bench.delete(directory);
        }
    }
}
