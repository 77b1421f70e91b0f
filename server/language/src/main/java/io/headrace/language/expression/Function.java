package io.headrace.language.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an expression can call. */
public enum Function {
    CONTAINS("contains", 2, 2, "text, part"),
    STARTS_WITH("startsWith", 2, 2, "text, part"),
    ENDS_WITH("endsWith", 2, 2, "text, part"),
    /** The values of a list as one text. */
    JOIN("join", 1, 2, "list, separator"),
    /** A text as a list. */
    SPLIT("split", 2, 2, "text, separator"),
    /** A text with values in the places of {@code {0}}, {@code {1}} and so on. */
    FORMAT("format", 2, 50, "text, value, ..."),
    FROM_JSON("fromJSON", 1, 1, "text"),
    TO_JSON("toJSON", 1, 1, "value"),
    /** A digest over files of the workspace, which is there only when a step starts. */
    HASH_FILES("hashFiles", 1, 50, "glob, ..."),
    /** Whether nothing failed and nobody cancelled. */
    SUCCESS("success", 0, 0, ""),
    /** Whether something failed. */
    FAILURE("failure", 0, 0, ""),
    /** True, also after a failure or a cancellation. */
    ALWAYS("always", 0, 0, "");

    private final String keyword;
    private final int least;
    private final int most;
    private final String parameters;

    Function(String keyword, int least, int most, String parameters) {
        this.keyword = keyword;
        this.least = least;
        this.most = most;
        this.parameters = parameters;
    }

    /** Returns the name as written. */
    public String keyword() {
        return keyword;
    }

    boolean takes(int arguments) {
        return arguments >= least && arguments <= most;
    }

    /** Returns how many arguments it takes, in words. */
    String arguments() {
        return least == most
                ? "%d argument%s".formatted(least, least == 1 ? "" : "s")
                : "%d to %d arguments".formatted(least, most);
    }

    /** Returns how a call is written. */
    String usage() {
        return "%s(%s)".formatted(keyword, parameters);
    }

    /** Tells whether the result is known only when the job or step is about to start. */
    public boolean isStatus() {
        return most == 0;
    }

    static Optional<Function> named(String keyword) {
        return Arrays.stream(values()).filter(f -> f.keyword.equals(keyword)).findFirst();
    }

    static List<String> keywords() {
        return Arrays.stream(values()).map(Function::keyword).toList();
    }
}
