package io.headrace.language;

import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.Flaw;
import java.util.ArrayList;
import java.util.List;

/**
 * Bounds what one plan may make of values, and so its time and memory, and keeps what was made if
 * somebody wants to know. For one thread.
 */
final class Ledger {

    private static final long MAX_CHARACTERS = 32 << 20;

    private final boolean keeping;
    private final List<Resolution> resolutions = new ArrayList<>();
    private long characters;

    /**
     * @param keeping whether to keep what was made
     */
    Ledger(boolean keeping) {
        this.keeping = keeping;
    }

    void spend(int more) throws ExpressionException {
        characters += more;
        if (characters > MAX_CHARACTERS) {
            throw new ExpressionException(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            0,
                            1,
                            "the texts of the plan with the values in them are longer than"
                                    + " 33,554,432 characters",
                            "put long texts into files of the repository"));
        }
    }

    void add(String context, Text text, String value) {
        if (keeping && !text.template().isFixed()) {
            resolutions.add(new Resolution(context, text.value(), value, text.mark()));
        }
    }

    List<Resolution> resolutions() {
        return List.copyOf(resolutions);
    }
}
