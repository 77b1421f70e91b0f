package io.headrace.cli;

import io.headrace.language.PipelineProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks pipeline files, here, without a server. */
@Command(
        name = "lint",
        description = "Checks pipeline files, without a server. Exits with 2 if there are errors.",
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
        var names = PipelineFile.orUsual(files);
        var problems = new ArrayList<PipelineProblem>();
        var open = false;
        for (var name : names) {
            var parsed = PipelineFile.read(name).parse(strict);
            problems.addAll(parsed.problems());
            var pipeline = parsed.pipeline();
            open |= pipeline != null && pipeline.isOpen();
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
}
