package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the run that a user means: by its id, or as {@code project#number}. */
final class RunReference {

    private static final Pattern NUMBERED = Pattern.compile("([^#/]+)#([0-9]{1,18})");

    private RunReference() {}

    /** Returns the run's id. */
    static String id(Server server, String text) {
        var numbered = NUMBERED.matcher(text);
        return numbered.matches()
                ? byNumber(server, numbered.group(1), Long.parseLong(numbered.group(2)))
                : Server.encoded(text);
    }

    private static String byNumber(Server server, String project, long number) {
        @Nullable String after = null;
        do {
            var query = new LinkedHashMap<String, @Nullable Object>();
            query.put("project", project);
            query.put("limit", 1000);
            query.put("after", after);
            var page = server.get("/runs" + Server.query(query));
            for (JsonNode run : page.path("items")) {
                if (run.path("number").asLong() == number) {
                    return run.path("id").asText();
                }
                if (run.path("number").asLong() < number) {
                    break;
                }
            }
            after = page.path("next").asText(null);
        } while (after != null);
        throw new CliException(
                ExitCode.INVALID,
                "Project '%s' has no run #%d; see: headrace runs --project %s"
                        .formatted(project, number, project));
    }
}
