package io.headrace.language.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what others see in our YAML: programs that make numbers, booleans and nothing of scalars
 * without quotes, after the core schema of YAML 1.2, as editors do.
 */
public final class CoreValues {

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?");

    private CoreValues() {}

    /**
     * Returns a text, {@link BigInteger}, {@link BigDecimal}, boolean or null; or a list or map of
     * such. Other forms that few people know, such as {@code 0o17} and {@code .inf}, stay text.
     */
    public static @Nullable Object of(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar(scalar);
            case YamlNode.Sequence(var items, _) -> {
                var list = new ArrayList<@Nullable Object>();
                items.forEach(item -> list.add(of(item)));
                yield list;
            }
            case YamlNode.Mapping(var entries, _) -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                entries.forEach(entry -> map.put(entry.key().text(), of(entry.value())));
                yield map;
            }
        };
    }

    private static @Nullable Object scalar(YamlNode.Scalar scalar) {
        var text = scalar.text();
        if (scalar.isNull()) {
            return null;
        }
        if (scalar.style() != YamlNode.Style.PLAIN || text.length() > 1000) {
            return text;
        }
        return switch (text) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> {
                if (WHOLE.matcher(text).matches()) {
                    yield new BigInteger(text);
                }
                yield DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
            }
        };
    }
}
