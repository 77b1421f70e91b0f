package io.headrace.language.expression;

/** What joins two expressions. */
public enum Operator {
    OR("||", 1),
    AND("&&", 2),
    EQUAL("==", 3),
    NOT_EQUAL("!=", 3),
    LESS("<", 3),
    LESS_OR_EQUAL("<=", 3),
    GREATER(">", 3),
    GREATER_OR_EQUAL(">=", 3),
    PLUS("+", 4),
    MINUS("-", 4),
    TIMES("*", 5),
    DIVIDE("/", 5);

    private final String symbol;
    private final int strength;

    Operator(String symbol, int strength) {
        this.symbol = symbol;
        this.strength = strength;
    }

    /** Returns the operator as written. */
    public String symbol() {
        return symbol;
    }

    /** Returns how tightly it binds; a comparison does not chain. */
    int strength() {
        return strength;
    }

    boolean isLogical() {
        return this == OR || this == AND;
    }

    boolean isComparison() {
        return strength == EQUAL.strength;
    }

    boolean isEquality() {
        return this == EQUAL || this == NOT_EQUAL;
    }
}
