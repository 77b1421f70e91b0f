package io.headrace.cli;

import io.headrace.language.format.FormatException;
import io.headrace.language.format.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Formats pipeline files, here, without a server. */
@Command(
        name = "fmt",
        description = {
            "Formats pipeline files in place, keeping comments, anchors and meaning.",
            "'-' formats the standard input to the standard output."
        },
        mixinStandardHelpOptions = true)
final class FmtCommand extends ServerCommand {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Default: the file that a server would take.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--check",
            description = "Change nothing; exit with 1 if a file is not formatted.")
    private boolean check;

    @Option(names = "--diff", description = "Change nothing; print what would change.")
    private boolean diff;

    @Override
    public Integer call() throws IOException {
        int code = ExitCode.SUCCEEDED;
        for (var name : PipelineFile.orUsual(files)) {
            code = Math.max(code, format(PipelineFile.read(name)));
        }
        return code;
    }

    private int format(PipelineFile file) throws IOException {
        var problems = file.parse(false).problems();
        if (ProblemReport.anyError(problems)) {
            new ProblemReport(terminal()).print(problems);
            terminal()
                    .line(
                            "%s has errors and stays as it is"
                                    .formatted(terminal().safe(file.name())));
            return ExitCode.INVALID;
        }
        try {
            return write(file, Formatter.format(file.text()));
        } catch (FormatException e) {
            throw new CliException(
                    ExitCode.INVALID,
                    "%s stays as it is: %s".formatted(file.name(), e.getMessage()));
        }
    }

    private int write(PipelineFile file, String formatted) throws IOException {
        boolean same = formatted.equals(file.text());
        boolean input = file.name().equals(PipelineFile.STANDARD_INPUT);
        if (diff && !same) {
            new LineDiff(terminal()).print(file.name(), file.text(), formatted);
        }
        if (check || diff) {
            if (check && !same && !diff) {
                terminal().line("%s is not formatted".formatted(terminal().safe(file.name())));
            }
            return check && !same ? ExitCode.FAILED : ExitCode.SUCCEEDED;
        }
        if (input) {
            terminal().text(formatted);
        } else if (!same) {
            Files.writeString(Path.of(file.name()), formatted);
            terminal().line("Formatted " + terminal().safe(file.name()));
        }
        return ExitCode.SUCCEEDED;
    }
}
