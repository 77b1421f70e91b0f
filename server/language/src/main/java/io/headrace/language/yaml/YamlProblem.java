package io.headrace.language.yaml;

/**
 * Something that makes a text no YAML that we take.
 *
 * @param kind tells the families of problems apart
 * @param message what is wrong
 * @param fix what to do
 */
public record YamlProblem(Mark mark, Kind kind, String message, String fix) {

    /** Families of problems. */
    public enum Kind {
        SYNTAX,
        TAB,
        QUOTE,
        INDENTATION,
        COLON,
        ALIAS,
        DUPLICATE_KEY,
        TOO_LARGE,
        UNSUPPORTED
    }
}
