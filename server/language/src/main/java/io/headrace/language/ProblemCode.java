package io.headrace.language;

/** What can be wrong with a pipeline. A code never changes its meaning and is never used again. */
public enum ProblemCode {
    SYNTAX(1001, "Not YAML"),
    TAB(1002, "Tab in the indentation"),
    QUOTE(1003, "Quotes"),
    INDENTATION(1004, "Indentation"),
    COLON(1005, "Colon"),
    ALIAS(1006, "Anchors and aliases"),
    DUPLICATE_KEY(1007, "Key given twice"),
    TOO_LARGE(1008, "Too large"),
    UNSUPPORTED_YAML(1009, "YAML that is not supported"),
    INCLUDE(1010, "File that is included"),
    INCLUDE_LOOP(1011, "Files that include each other"),
    UNKNOWN_KEY(1101, "Unknown key"),
    TWO_SPELLINGS(1102, "One key in two spellings"),
    MISSING_KEY(1103, "Missing key"),
    WRONG_TYPE(1104, "Wrong type"),
    EMPTY(1105, "Empty value"),
    /** A warning: the rest of the pipeline is right. */
    NOT_SUPPORTED_YET(1199, "Not carried out yet"),
    OUT_OF_RANGE(1201, "Out of range"),
    BAD_VALUE(1202, "Value not allowed"),
    BAD_NAME(1203, "Name not allowed"),
    DUPLICATE_NAME(1204, "Name used twice"),
    NO_NAME(1205, "No name given"),
    BAD_IMAGE(1206, "Image reference"),
    BAD_PATH(1207, "Path not allowed"),
    RESERVED_VARIABLE(1208, "Reserved variable"),
    UNKNOWN_JOB(1301, "Unknown job"),
    UNKNOWN_STAGE(1302, "Unknown stage"),
    SELF_DEPENDENCY(1303, "Job that depends on itself"),
    CYCLE(1304, "Dependency cycle"),
    STAGE_ORDER(1305, "Dependency on a later stage"),
    UNKNOWN_ARTIFACT(1306, "Unknown artifact"),
    TOO_MANY_EDGES(1307, "Too many dependencies"),
    UNKNOWN_PROJECT(1308, "Unknown project or phase"),
    /** A warning: the pipeline means the same without it. */
    REDUNDANT_NEED(1309, "Redundant dependency"),
    /** A warning: a worker may come. */
    NO_WORKER(1310, "Job that no worker can take"),
    /** A warning: more workers may come. */
    TOO_LITTLE_CAPACITY(1311, "More than all workers have"),
    RESULT_NOT_AWAITED(1312, "Result of a job that isn't waited for"),
    /** A warning: jobs may become faster. */
    CHAIN_TOO_LONG(1313, "Longer than the limit"),
    BAD_MATRIX(1401, "Matrix"),
    MATRIX_TOO_LARGE(1402, "Matrix too large"),
    EXPRESSION(1501, "Expression"),
    EXPRESSION_TYPE(1502, "Type of an expression"),
    UNKNOWN_IDENTIFIER(1503, "Unknown name in an expression"),
    UNTRUSTED_VALUE(1504, "Untrusted value in a command"),
    UNRESOLVED(1505, "Value not known"),
    SECRET_IN_TEXT(1506, "Secret in a text"),
    PARAMETER(1601, "Parameter"),
    /** A warning, as the next two: a shell was read, and it is easily misunderstood. */
    EVALUATED_VALUE(1701, "Value from outside run as a command"),
    DOWNLOAD_RUN(1702, "Download that is run"),
    UNQUOTED_VALUE(1703, "Value from outside without quotes");

    private final int number;
    private final String title;

    ProblemCode(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /** Returns the code as shown, such as {@code HR1101}. */
    public String id() {
        return "HR" + number;
    }

    /** Returns where the documents explain it, such as {@code docs/problems.md#hr1101}. */
    public String page() {
        return "docs/problems.md#hr" + number;
    }

    /** Returns a few words that name the family of problems. */
    public String title() {
        return title;
    }
}
