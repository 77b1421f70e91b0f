package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PipelineProblem.Severity;
import io.headrace.language.ProblemCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Problems as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change. */
final class Sarif {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private Sarif() {}

    static JsonNode of(List<PipelineProblem> problems) {
        var root = Server.JSON.createObjectNode();
        root.put("$schema", SCHEMA);
        root.put("version", "2.1.0");
        var run = root.putArray("runs").addObject();
        var driver = run.putObject("tool").putObject("driver");
        driver.put("name", "headrace");
        var index = new TreeMap<String, Integer>();
        problems.forEach(problem -> index.put(problem.code(), 0));
        var rules = driver.putArray("rules");
        for (var code : List.copyOf(index.keySet())) {
            index.put(code, rules.size());
            rule(code, rules.addObject());
        }
        run.put("columnKind", "unicodeCodePoints");
        var results = run.putArray("results");
        for (var problem : problems) {
            result(problem, index.getOrDefault(problem.code(), 0), results.addObject());
        }
        return root;
    }

    private static void rule(String id, ObjectNode rule) {
        rule.put("id", id);
        Arrays.stream(ProblemCode.values())
                .filter(code -> code.id().equals(id))
                .findFirst()
                .ifPresent(code -> {
                    rule.putObject("shortDescription").put("text", code.title() + ".");
                    rule.putObject("help").put("text", "See " + code.page() + ".");
                });
    }

    private static void result(PipelineProblem problem, int rule, ObjectNode result) {
        result.put("ruleId", problem.code());
        result.put("ruleIndex", rule);
        result.put("level", problem.severity() == Severity.ERROR ? "error" : "warning");
        result.putObject("message")
                .put("text", "%s; %s".formatted(problem.message(), problem.fix()));
        var location = result.putArray("locations").addObject();
        var physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(problem.file()));
        var region = physical.putObject("region");
        region.put("startLine", problem.line());
        region.put("startColumn", problem.column());
        region.put("endLine", problem.line());
        region.put("endColumn", problem.column() + problem.length());
        if (!problem.context().isEmpty()) {
            location.putArray("logicalLocations")
                    .addObject()
                    .put("fullyQualifiedName", problem.context());
        }
        var properties = result.putObject("properties");
        properties.put("path", problem.path());
        if (problem.job() != null) {
            properties.put("job", problem.job());
        }
        if (problem.step() != null) {
            properties.put("step", problem.step());
        }
        properties.put("help", problem.help());
    }

    /** Returns the name of a file as a reference, with what a reference can't hold escaped. */
    private static String uri(String file) {
        try {
            return new URI(null, null, file.replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException e) {
            return "pipeline.yml";
        }
    }
}
