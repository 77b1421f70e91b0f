package io.headrace.language;

import java.util.Collection;
import java.util.Map;

/** Writes records of records as lines that people can compare; what is empty is left out. */
final class Shown {

    private final StringBuilder text = new StringBuilder();

    private Shown() {}

    static String of(Record record) {
        var shown = new Shown();
        shown.text.append(record.getClass().getSimpleName()).append('\n');
        shown.parts(record, "  ");
        return shown.text.toString();
    }

    private void parts(Record record, String indent) {
        for (var component : record.getClass().getRecordComponents()) {
            try {
                part(component.getName(), component.getAccessor().invoke(record), indent);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void part(String name, Object value, String indent) {
        switch (value) {
            case null -> {}
            case Record record -> {
                text.append(indent).append(name).append(":\n");
                parts(record, indent + "  ");
            }
            case Map<?, ?> map ->
                    map.forEach((key, each) -> part(name + "[" + key + "]", each, indent));
            case Collection<?> items -> {
                if (items.stream().allMatch(String.class::isInstance) && !items.isEmpty()) {
                    text.append(indent).append(name).append(": ").append(items).append('\n');
                } else {
                    int at = 0;
                    for (var item : items) {
                        part(name + "[" + at++ + "]", item, indent);
                    }
                }
            }
            default -> {
                var shown = value.toString();
                if (!shown.isEmpty()) {
                    text.append(indent).append(name).append(": ");
                    text.append(shown.replace("\n", "\n" + indent + "    ")).append('\n');
                }
            }
        }
    }
}
