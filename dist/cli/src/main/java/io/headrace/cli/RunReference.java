package io.headrace.cli;

import java.util.regex.Pattern;

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
        return server.get("/projects/%s/runs/%d".formatted(Server.encoded(project), number))
                .path("id")
                .asText();
    }
}
