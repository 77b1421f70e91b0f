package io.headrace.cli;

import io.headrace.language.PipelineParser;
import io.headrace.language.PipelineProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks pipeline files, here, without a server. */
@Command(
        name = "lint",
        description = "Checks pipeline files, without a server.",
        mixinStandardHelpOptions = true)
final class LintCommand extends ServerCommand {

    @Parameters(paramLabel = "FILE", arity = "1..*")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var problems = new ArrayList<PipelineProblem>();
        for (var file : files) {
            problems.addAll(new PipelineParser().parse(file.toString(), read(file)).problems());
        }
        var report = new ProblemReport(terminal());
        if (json) {
            json(ProblemReport.json(problems));
        } else {
            report.print(problems);
            if (problems.isEmpty()) {
                terminal()
                        .line(
                                "No problems in %d file%s"
                                        .formatted(files.size(), files.size() == 1 ? "" : "s"));
            }
        }
        return ProblemReport.anyError(problems) ? ExitCode.INVALID : ExitCode.SUCCEEDED;
    }

    static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CliException(ExitCode.INVALID, "There is no file " + file);
        }
        return Files.readString(file);
    }
}
