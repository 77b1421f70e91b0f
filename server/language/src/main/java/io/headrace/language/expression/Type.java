package io.headrace.language.expression;

/** What is known of a value before anything runs. */
public enum Type {
    TEXT("text"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    /** Text that may be meant as a number or a boolean, such as a value of a matrix. */
    LOOSE("text"),
    LIST("a list"),
    /** Known only when it is there, such as what JSON holds. */
    ANY("a value");

    private final String words;

    Type(String words) {
        this.words = words;
    }

    /** Returns the type for messages, such as {@code a number}. */
    public String words() {
        return words;
    }

    boolean comparableWith(Type other) {
        return this == other
                || this == ANY
                || other == ANY
                || (this == LOOSE && other != LIST)
                || (other == LOOSE && this != LIST);
    }

    boolean canBe(Type wanted) {
        return this == wanted || this == ANY || (this == LOOSE && wanted != LIST);
    }
}
