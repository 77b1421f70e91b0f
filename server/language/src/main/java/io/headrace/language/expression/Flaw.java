package io.headrace.language.expression;

/**
 * Something wrong with an expression.
 *
 * @param kind tells the families apart
 * @param offset in the text that was parsed, in UTF-16 units
 * @param length in UTF-16 units
 * @param message what is wrong
 * @param fix what to do
 */
public record Flaw(Kind kind, int offset, int length, String message, String fix) {

    /** Families of flaws. */
    public enum Kind {
        SYNTAX,
        TYPE,
        UNKNOWN,
        /** A secret stands in a text, where it could be seen. */
        SECRET
    }

    Flaw shifted(int by) {
        return new Flaw(kind, offset + by, length, message, fix);
    }
}
