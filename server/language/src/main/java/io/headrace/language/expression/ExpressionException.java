package io.headrace.language.expression;

/** A text is no expression. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Flaw flaw;

    public ExpressionException(Flaw flaw) {
        super(flaw.message() + "; " + flaw.fix());
        this.flaw = flaw;
    }

    ExpressionException(int offset, int length, String message, String fix) {
        this(new Flaw(Flaw.Kind.SYNTAX, offset, length, message, fix));
    }

    /** Returns what is wrong and where. */
    public Flaw flaw() {
        return flaw;
    }
}
