package io.headrace.cli;

import io.headrace.language.PipelineProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks pipeline files, here or, if asked for, by a server. */
@Command(
        name = "lint",
        description = "Checks pipeline files. Exits with 2 if there are errors.",
        mixinStandardHelpOptions = true)
final class LintCommand extends ServerCommand {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "'-' is the standard input; default: the file that a server would take.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--strict",
            description = "Refuse what lacks a name, and jobs that wait for themselves.")
    private boolean strict;

    @Option(
            names = "--server",
            description = "Have the server check them, whose limits and workers may be others.")
    private boolean byServer;

    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            description = "With --server: whose repository has the files that are not here.")
    private @Nullable String project;

    @ArgGroup private Format format = new Format();

    /** How problems are told; one of them. */
    private static final class Format {

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Option(names = "--sarif", description = "Print SARIF 2.1.0, for code scanning.")
        private boolean sarif;
    }

    @Override
    public Integer call() throws IOException {
        if (byServer ? strict : project != null) {
            throw new CliException(
                    ExitCode.INVALID,
                    byServer
                            ? "--strict is for the server to decide (pipeline.strict); leave it out"
                            : "--project needs --server");
        }
        var names = PipelineFile.orUsual(files);
        var problems = new ArrayList<PipelineProblem>();
        var open = false;
        for (var name : names) {
            var answer = check(PipelineFile.read(name));
            problems.addAll(answer.problems());
            open |= answer.open();
        }
        if (format.json) {
            json(ProblemReport.json(problems));
        } else if (format.sarif) {
            json(Sarif.of(problems));
        } else {
            new ProblemReport(terminal()).printAll(problems, names.size());
            if (open) {
                terminal().line("What 'generate' writes is checked when it has run.");
            }
        }
        return ProblemReport.anyError(problems) ? ExitCode.INVALID : ExitCode.SUCCEEDED;
    }

    private ServerLint.Answer check(PipelineFile file) throws IOException {
        if (byServer) {
            return new ServerLint(server(), project).ask(file);
        }
        var parsed = file.parse(strict);
        var pipeline = parsed.pipeline();
        return new ServerLint.Answer(parsed.problems(), pipeline != null && pipeline.isOpen());
    }
}
