package io.headrace.cli;

import io.headrace.language.explain.Explainer;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why a job would run or not, here, without a server. */
@Command(
        name = "explain",
        description = {
            "Explains a job, without a server: why it would run, where its variables",
            "come from, what waits for it, what its failure would mean."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand extends ServerCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "'-' is the standard input.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "JOB", description = "Such as test, or test-21.")
    private String job = "";

    @Mixin private EventOptions event = new EventOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var planned = PlannedFile.of(PipelineFile.read(file), event);
        var pipeline = planned.pipeline();
        var plan = planned.plan();
        if (pipeline == null || plan == null) {
            if (json) {
                json(ProblemReport.answer(planned.problems(), "job", null));
            } else {
                new ProblemReport(terminal()).print(planned.problems());
            }
            return ExitCode.INVALID;
        }
        var explainer = new Explainer(pipeline, event.event(), plan);
        var explanation =
                explainer
                        .explain(job)
                        .orElseThrow(() ->
                                new CliException(
                                        ExitCode.INVALID, terminal().safe(explainer.unknown(job))));
        if (json) {
            json(ProblemReport.answer(planned.problems(), "job", explanation));
        } else {
            new ExplanationReport(terminal()).print(explanation);
        }
        return ExitCode.SUCCEEDED;
    }
}
