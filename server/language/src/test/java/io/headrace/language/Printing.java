package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.expression.Expression;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.ExpressionParser;
import java.util.stream.Collectors;

/** What holds for every expression that is printed. */
final class Printing {

    private Printing() {}

    /** What is printed is the same expression when it is read again, within the same bounds. */
    static void assertReadsAsPrinted(Expression expression) {
        var printed = expression.print();
        try {
            var again = ExpressionParser.parse(printed);
            assertThat(again.print()).isEqualTo(printed);
            assertThat(tree(again)).isEqualTo(tree(expression));
        } catch (ExpressionException e) {
            throw new AssertionError("'%s': %s".formatted(printed, e.flaw()), e);
        }
    }

    /** What is left of an expression can be read later, unless the values in it are too long. */
    static void assertReducedReadsAsPrinted(Expression reduced) {
        var printed = reduced.print();
        try {
            assertThat(ExpressionParser.parseReduced(printed).print()).isEqualTo(printed);
        } catch (ExpressionException e) {
            assertThat(printed.length()).as("'%s': %s", printed, e.flaw()).isGreaterThan(131_072);
        }
    }

    /** Shows what belongs to what, and nothing of places. */
    private static String tree(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> String.valueOf(literal.value());
            case Expression.Reference reference -> "name " + reference.path();
            case Expression.Not not -> "!{" + tree(not.operand()) + "}";
            case Expression.Negative negative -> "-{" + tree(negative.operand()) + "}";
            case Expression.Binary binary ->
                    "{%s %s %s}"
                            .formatted(
                                    tree(binary.left()), binary.operator(), tree(binary.right()));
            case Expression.Index index ->
                    "{%s at %s}".formatted(tree(index.target()), tree(index.key()));
            case Expression.Call call ->
                    call.arguments().stream()
                            .map(Printing::tree)
                            .collect(Collectors.joining("; ", call.function() + "{", "}"));
        };
    }
}
