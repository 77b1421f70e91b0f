package io.headrace.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.headrace.language.Includes;
import io.headrace.language.PipelineParser;
import io.headrace.language.PipelineProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has a server check files: it knows its own limits, its workers, and other repositories. */
final class ServerLint {

    private static final ObjectReader PROBLEM =
            Server.JSON
                    .readerFor(PipelineProblem.class)
                    // A newer server may say more.
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Server server;
    private final @Nullable String project;

    /**
     * @param project whose repository has the files that are not here, or null
     */
    ServerLint(Server server, @Nullable String project) {
        this.server = server;
        this.project = project;
    }

    /**
     * What came of it.
     *
     * @param open whether the rest is known only when it has been generated
     */
    record Answer(List<PipelineProblem> problems, boolean open) {}

    Answer ask(PipelineFile file) throws IOException {
        var body = new LinkedHashMap<String, Object>();
        body.put("file", file.name());
        body.put("text", file.text());
        body.put("files", named(file));
        if (project != null) {
            body.put("project", project);
        }
        var answer = server.post("/lint", body);
        var problems = new ArrayList<PipelineProblem>();
        for (JsonNode problem : answer.path("problems")) {
            problems.add(PROBLEM.readValue(problem));
        }
        return new Answer(problems, answer.path("plan").has("generator"));
    }

    /** Returns the files that {@code file} names, as they are here. */
    private static Map<String, String> named(PipelineFile file) {
        var named = new LinkedHashMap<String, String>();
        Includes noting =
                (repository, path) -> {
                    var found = file.includes().read(repository, path);
                    var text = found.text();
                    if (repository == null && text != null) {
                        named.put(path, text);
                    }
                    return found;
                };
        new PipelineParser().parse(file.name(), file.text(), noting);
        return named;
    }
}
