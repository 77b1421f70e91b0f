package io.headrace.cli;

import io.headrace.language.Triggers;
import io.headrace.language.explain.PlanOutline;
import io.headrace.language.explain.PlanSvg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a pipeline file would do, here, without a server. */
@Command(
        name = "plan",
        description = "Draws what a pipeline file would do, without a server.",
        mixinStandardHelpOptions = true)
final class PlanCommand extends ServerCommand {

    @Parameters(paramLabel = "FILE", description = "'-' is the standard input.")
    private String file = "";

    @Mixin private EventOptions event = new EventOptions();

    @Option(names = "--svg", paramLabel = "OUT", description = "Write a drawing to this file too.")
    private @Nullable Path svg;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var planned = PlannedFile.of(PipelineFile.read(file), event);
        var pipeline = planned.pipeline();
        var plan = planned.plan();
        var outline =
                pipeline == null || plan == null
                        ? null
                        : PlanOutline.of(plan, Triggers.matches(pipeline, event.event()));
        if (json) {
            json(ProblemReport.answer(planned.problems(), "plan", outline));
        } else {
            new ProblemReport(terminal()).print(planned.problems());
        }
        if (outline == null) {
            return ExitCode.INVALID;
        }
        if (!json) {
            new PlanDrawing(terminal()).print(outline, event.shown());
        }
        if (svg != null) {
            Files.writeString(svg, PlanSvg.draw(outline));
        }
        return ExitCode.SUCCEEDED;
    }
}
