package io.headrace.language.expression;

import java.util.List;

/** A text is no expression, or can't be given a value. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Flaw> flaws;

    public ExpressionException(Flaw flaw) {
        this(List.of(flaw));
    }

    /**
     * @param flaws at least one
     */
    ExpressionException(List<Flaw> flaws) {
        super(flaws.getFirst().message() + "; " + flaws.getFirst().fix());
        this.flaws = List.copyOf(flaws);
    }

    ExpressionException(int offset, int length, String message, String fix) {
        this(new Flaw(Flaw.Kind.SYNTAX, offset, length, message, fix));
    }

    /** Returns the first thing that is wrong, and where. */
    public Flaw flaw() {
        return flaws.getFirst();
    }

    /**
     * Returns all that is wrong; more than one thing only where several variables are undefined.
     */
    public List<Flaw> flaws() {
        return flaws;
    }
}
