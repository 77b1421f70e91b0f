package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** Parses and plans texts for tests. */
final class Pipelines {

    private Pipelines() {}

    /** Files that hold as little as a file can. */
    static final Includes SMALL_FILES =
            (_, path) -> Includes.Included.of(path.endsWith(".yml") ? "x-small: 1" : "A=b");

    /** Returns the errors in {@code text}, without its warnings. */
    static List<String> errors(String text) {
        return errors(new PipelineParser().parse("ci.yml", text).problems());
    }

    /** Returns a parser's view of files by path, of which the first is the pipeline's. */
    static PipelineParser.Result parse(Map<String, String> files) {
        return new PipelineParser()
                .parse(
                        "ci.yml",
                        files.getOrDefault("ci.yml", ""),
                        (repository, path) -> {
                            var name = repository == null ? path : repository + ":" + path;
                            var text = files.get(name);
                            return text == null
                                    ? Includes.Included.refused("there is no such file")
                                    : Includes.Included.of(text);
                        });
    }

    static List<String> errors(List<PipelineProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == PipelineProblem.Severity.ERROR)
                .map(PipelineProblem::toString)
                .toList();
    }

    static Pipeline parse(String text) {
        var parsed = new PipelineParser().parse("ci.yml", text);
        assertThat(parsed.pipeline()).as("%s", parsed.problems()).isNotNull();
        return parsed.pipeline();
    }

    static Plan plan(String text, PlanEvent event) {
        var planned = new Planner().plan(parse(text), event);
        assertThat(planned.plan()).as("%s", planned.problems()).isNotNull();
        return planned.plan();
    }

    static Plan plan(String text) {
        return plan(text, Events.push("main"));
    }

    /** Returns what planning complains of. */
    static List<String> planErrors(String text, PlanEvent event) {
        return errors(new Planner().plan(parse(text), event).problems());
    }
}
