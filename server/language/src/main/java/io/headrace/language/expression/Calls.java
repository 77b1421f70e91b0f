package io.headrace.language.expression;

import io.headrace.language.spelling.Spelling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives the values of functions whose arguments are known, and of parts of lists and objects. */
final class Calls {

    private static final int MAX_LENGTH = 131_072;
    private static final int MAX_ITEMS = 10_000;
    private static final Pattern PLACE = Pattern.compile("\\{\\{|\\}\\}|\\{(\\d{1,2})\\}");

    private final Facts facts;

    /**
     * @param facts counts the characters that are read and made
     */
    Calls(Facts facts) {
        this.facts = facts;
    }

    Value value(Expression.Call call, List<Value> arguments) throws ExpressionException {
        var first = arguments.getFirst();
        facts.spend(first instanceof Value.Text(var text) ? text.length() : 0);
        return switch (call.function()) {
            case CONTAINS -> Value.of(contains(first, arguments.get(1)));
            case STARTS_WITH -> Value.of(first.text().startsWith(arguments.get(1).text()));
            case ENDS_WITH -> Value.of(first.text().endsWith(arguments.get(1).text()));
            case JOIN -> join(call, first, arguments.size() < 2 ? "," : arguments.get(1).text());
            case SPLIT -> split(call, first.text(), arguments.get(1).text());
            case FORMAT -> format(call, first.text(), arguments);
            case FROM_JSON -> read(call, first.text());
            case TO_JSON -> made(call, Json.write(first));
            case HASH_FILES, SUCCESS, FAILURE, ALWAYS ->
                    throw new IllegalStateException(call.print());
        };
    }

    private static boolean contains(Value value, Value part) {
        return switch (value) {
            case Value.Items(var items) -> {
                // Its text is made once: it may be long, and the list too.
                var sought = new Value.Text(part.text());
                yield items.stream().anyMatch(item -> Comparing.equal(item, sought));
            }
            case Value.Fields(var fields) -> fields.containsKey(part.text());
            case Value.Text _, Value.Numeric _, Value.Truth _ -> value.text().contains(part.text());
        };
    }

    private Value join(Expression.Call call, Value list, String separator)
            throws ExpressionException {
        if (!(list instanceof Value.Items(var items))) {
            throw flaw(
                    call,
                    "join() joins the values of a list, but '%s' is %s"
                            .formatted(call.arguments().getFirst().print(), words(list)),
                    "make a list with split() or fromJSON()");
        }
        var joined = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            joined.append(i == 0 ? "" : separator).append(items.get(i).text());
            tooLong(joined.length(), call);
        }
        return made(call, joined.toString());
    }

    private static Value split(Expression.Call call, String text, String separator)
            throws ExpressionException {
        if (separator.isEmpty()) {
            throw flaw(call, "split() needs a text to split at", "write split(text, \",\")");
        }
        var items = new ArrayList<Value>();
        int at = 0;
        for (int i = text.indexOf(separator); i >= 0; i = text.indexOf(separator, at)) {
            items.add(new Value.Text(text.substring(at, i)));
            at = i + separator.length();
            if (items.size() >= MAX_ITEMS) {
                throw flaw(call, "the list has more than 10,000 values", "split a shorter text");
            }
        }
        items.add(new Value.Text(text.substring(at)));
        return new Value.Items(items);
    }

    private Value format(Expression.Call call, String pattern, List<Value> arguments)
            throws ExpressionException {
        var formatted = new StringBuilder();
        var place = PLACE.matcher(pattern);
        while (place.find()) {
            var number = place.group(1);
            if (number == null) {
                place.appendReplacement(formatted, place.group().substring(1));
                continue;
            }
            int index = Integer.parseInt(number) + 1;
            if (index >= arguments.size()) {
                throw flaw(
                        call,
                        "format() has no value for '{%s}'".formatted(number),
                        "give it %d values after the text".formatted(index));
            }
            place.appendReplacement(
                    formatted, Matcher.quoteReplacement(arguments.get(index).text()));
            tooLong(formatted.length(), call);
        }
        return made(call, place.appendTail(formatted).toString());
    }

    private static Value read(Expression.Call call, String json) throws ExpressionException {
        try {
            return Json.read(json);
        } catch (Json.Unreadable e) {
            throw flaw(
                    call,
                    "'%s' is no JSON: %s"
                            .formatted(call.arguments().getFirst().print(), e.getMessage()),
                    "give fromJSON() text such as [\"a\", \"b\"]");
        }
    }

    /** Returns a part of a list, by number from 0, or of an object, by name. */
    static Value part(Expression.Index index, Value target, Value key) throws ExpressionException {
        return switch (target) {
            case Value.Items(var items) -> {
                var number = Comparing.asNumber(key).orElse(null);
                if (number == null || number.stripTrailingZeros().scale() > 0) {
                    throw flaw(
                            index,
                            "'%s' is a list, and %s is no number of one of its values"
                                    .formatted(index.target().print(), Value.shown(key)),
                            "write a whole number from 0");
                }
                if (number.signum() < 0
                        || number.compareTo(BigDecimal.valueOf(items.size())) >= 0) {
                    throw flaw(
                            index,
                            "'%s' has %d values, and no value %s"
                                    .formatted(index.target().print(), items.size(), key.text()),
                            items.isEmpty()
                                    ? "the list is empty"
                                    : "write a number from 0 to %d".formatted(items.size() - 1));
                }
                yield items.get(number.intValueExact());
            }
            case Value.Fields(var fields) -> {
                var part = fields.get(key.text());
                if (part == null) {
                    throw flaw(
                            index,
                            "'%s' has no '%s'".formatted(index.target().print(), key.text()),
                            Spelling.suggestion(key.text(), fields.keySet(), "its names"));
                }
                yield part;
            }
            case Value.Text _, Value.Numeric _, Value.Truth _ -> throw noParts(index, target);
        };
    }

    static void checkHasParts(Expression.Index index, Value target) throws ExpressionException {
        if (!(target instanceof Value.Items || target instanceof Value.Fields)) {
            throw noParts(index, target);
        }
    }

    private static ExpressionException noParts(Expression.Index index, Value target) {
        return flaw(
                index,
                "'%s' is %s, which has no parts".formatted(index.target().print(), words(target)),
                "make a list or an object of it with fromJSON() or split()");
    }

    /** Returns what kind of value it is, for messages. */
    private static String words(Value value) {
        return switch (value) {
            case Value.Text _ -> "text";
            case Value.Numeric _ -> "a number";
            case Value.Truth _ -> "true or false";
            case Value.Items _ -> "a list";
            case Value.Fields _ -> "an object";
        };
    }

    /** Returns {@code text} as a value, after it has been measured and counted. */
    Value made(Expression at, String text) throws ExpressionException {
        tooLong(text.length(), at);
        facts.spend(text.length());
        return new Value.Text(text);
    }

    private static void tooLong(int length, Expression at) throws ExpressionException {
        if (length > MAX_LENGTH) {
            throw flaw(
                    at,
                    String.format(
                            Locale.ROOT, "the text is longer than %,d characters", MAX_LENGTH),
                    "make it shorter");
        }
    }

    private static ExpressionException flaw(Expression at, String message, String fix) {
        return new ExpressionException(
                new Flaw(Flaw.Kind.TYPE, at.offset(), at.length(), message, fix));
    }
}
