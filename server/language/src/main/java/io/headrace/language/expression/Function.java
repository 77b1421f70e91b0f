package io.headrace.language.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an expression can call. */
public enum Function {
    CONTAINS("contains", 2),
    STARTS_WITH("startsWith", 2),
    ENDS_WITH("endsWith", 2),
    /** Whether nothing failed and nobody cancelled. */
    SUCCESS("success", 0),
    /** Whether something failed. */
    FAILURE("failure", 0),
    /** True, also after a failure or a cancellation. */
    ALWAYS("always", 0);

    private final String keyword;
    private final int arguments;

    Function(String keyword, int arguments) {
        this.keyword = keyword;
        this.arguments = arguments;
    }

    /** Returns the name as written. */
    public String keyword() {
        return keyword;
    }

    int arguments() {
        return arguments;
    }

    /** Tells whether the result is known only when the job or step is about to start. */
    public boolean isStatus() {
        return arguments == 0;
    }

    static Optional<Function> named(String keyword) {
        return Arrays.stream(values()).filter(f -> f.keyword.equals(keyword)).findFirst();
    }

    static List<String> keywords() {
        return Arrays.stream(values()).map(Function::keyword).toList();
    }
}
