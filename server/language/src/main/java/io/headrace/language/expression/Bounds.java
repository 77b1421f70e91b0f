package io.headrace.language.expression;

/**
 * How large the text of an expression may be.
 *
 * @param length in UTF-16 units
 * @param tokens names, values and signs
 * @param digits of one number, its point included
 * @param as said in messages, what the text is
 */
record Bounds(int length, int tokens, int digits, String as) {

    /** What people write. */
    static final Bounds WRITTEN = new Bounds(4096, 500, 18, "the expression");

    /**
     * The same, printed: people wrote it in another way, so places in it aren't those of their
     * text.
     */
    static final Bounds PRINTED =
            new Bounds(4096, 500, 18, "the expression, with spaces and double quotes,");

    /** What is left when values are known: each name became a value, with a sign maybe. */
    static final Bounds REDUCED =
            new Bounds(131_072, 1_000, 200, "the expression, with the values in it,");

    void checkLength(int length) throws ExpressionException {
        if (length > this.length) {
            throw new ExpressionException(
                    0,
                    1,
                    "%s is longer than %d characters".formatted(as, this.length),
                    "shorten it");
        }
    }

    /**
     * @param at a place in the text of which that would be too many
     */
    void checkTokens(int tokens, int at) throws ExpressionException {
        if (tokens > this.tokens) {
            throw new ExpressionException(
                    at, 1, "%s has more than %d parts".formatted(as, this.tokens), "shorten it");
        }
    }
}
