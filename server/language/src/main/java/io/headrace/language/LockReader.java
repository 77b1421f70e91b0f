package io.headrace.language;

import io.headrace.language.JobDefinition.LockDefinition;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code locks}. */
final class LockReader {

    private final Texts texts;

    LockReader(Texts texts) {
        this.texts = texts;
    }

    List<LockDefinition> read(Fields job) {
        var read = job.has("locks") ? new SettingReader(texts).read(job, "locks") : null;
        var locks = new ArrayList<LockDefinition>();
        if (read != null) {
            for (var item : read.items()) {
                var name = item.text() == null ? item.fields().get("name") : item;
                var text = name == null ? null : name.text();
                if (text != null) {
                    var slots = item.written("slots");
                    locks.add(
                            new LockDefinition(
                                    text,
                                    slots != null && slots.matches("\\d{1,4}")
                                            ? Integer.parseInt(slots)
                                            : 1,
                                    "server".equals(item.written("scope"))));
                }
            }
        }
        return List.copyOf(locks);
    }
}
