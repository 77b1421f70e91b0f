package io.headrace.language;

import io.headrace.language.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** Reads {@code priority}: a number from 0 to 1000, {@code normal} or {@code urgent}. */
final class PriorityReader {

    private static final int URGENT = 50;

    private PriorityReader() {}

    /** Returns null where it is left to the event. */
    static @Nullable Integer read(Fields fields) {
        var field = fields.get("priority");
        if (field == null) {
            return null;
        }
        if (field.value() instanceof YamlNode.Scalar scalar) {
            switch (scalar.text()) {
                case "normal" -> {
                    return null;
                }
                case "urgent" -> {
                    return URGENT;
                }
                default -> {}
            }
        }
        int value = Values.integer(fields, "priority", -1);
        return value < 0 ? null : Integer.valueOf(value);
    }
}
