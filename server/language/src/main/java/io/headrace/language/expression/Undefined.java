package io.headrace.language.expression;

/** What becomes of a variable in a text that nobody defined (conflicts B2). */
public enum Undefined {
    /** It is an error. */
    ERROR,
    /** It stays as it is written. */
    LITERAL,
    /** It is empty. */
    EMPTY
}
