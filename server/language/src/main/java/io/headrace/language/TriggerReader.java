package io.headrace.language;

import io.headrace.language.Fields.Field;
import io.headrace.language.schema.Level;
import io.headrace.language.schema.Schema;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code on}. */
final class TriggerReader {

    private static final Map<String, PlanEvent.Type> EVENTS = events();

    private final Report report;
    private final Texts texts;

    TriggerReader(Report report, Texts texts) {
        this.report = report;
        this.texts = texts;
    }

    private static Map<String, PlanEvent.Type> events() {
        var events = new LinkedHashMap<String, PlanEvent.Type>();
        events.put("push", PlanEvent.Type.PUSH);
        events.put("pull_request", PlanEvent.Type.PULL_REQUEST);
        events.put("tag", PlanEvent.Type.TAG);
        events.put("manual", PlanEvent.Type.MANUAL);
        events.put("api", PlanEvent.Type.API);
        events.put("schedule", PlanEvent.Type.SCHEDULE);
        events.put("upstream", PlanEvent.Type.UPSTREAM);
        return events;
    }

    List<Trigger> read(@Nullable Field field) {
        var triggers = new ArrayList<Trigger>();
        if (field != null) {
            switch (field.value()) {
                case YamlNode.Scalar scalar when scalar.isNull() ->
                        Values.wrongType(field, "events", report);
                case YamlNode.Scalar scalar -> event(scalar, null, triggers);
                case YamlNode.Mapping map -> events(map, triggers);
                case YamlNode.Sequence(var items, _) -> items.forEach(item -> item(item, triggers));
            }
        }
        return List.copyOf(triggers);
    }

    private void item(YamlNode item, List<Trigger> triggers) {
        switch (item) {
            case YamlNode.Scalar scalar -> event(scalar, null, triggers);
            case YamlNode.Mapping map -> events(map, triggers);
            case YamlNode.Sequence list ->
                    report.error(
                            ProblemCode.WRONG_TYPE,
                            list.mark(),
                            "an event must be text or a map, but it is a list",
                            "write one event on each line");
        }
    }

    private void events(YamlNode.Mapping map, List<Trigger> triggers) {
        for (var entry : map.entries()) {
            event(entry.key(), entry.value(), triggers);
        }
    }

    private void event(YamlNode.Scalar name, @Nullable YamlNode filters, List<Trigger> triggers) {
        var type = EVENTS.get(name.text());
        if (type == null) {
            unknown(name);
            return;
        }
        if (type == PlanEvent.Type.SCHEDULE || type == PlanEvent.Type.UPSTREAM) {
            settings(name, filters, type, triggers);
            return;
        }
        if (filters == null || Texts.isNothing(filters)) {
            triggers.add(new Trigger(type, List.of(), List.of(), List.of()));
            return;
        }
        var in = report.in("event '%s'".formatted(name.text()));
        var map = Values.map(name.text(), name.mark(), filters, in);
        if (map == null) {
            return;
        }
        var fields = new Fields(map, name.mark(), filters(type), in);
        var branches = globs(fields, "branches");
        var tags = globs(fields, "tags");
        var paths = globs(fields, "paths");
        // As elsewhere, a push filtered by tags alone means pushed tags.
        if (type == PlanEvent.Type.PUSH && !tags.isEmpty()) {
            triggers.add(new Trigger(PlanEvent.Type.TAG, List.of(), tags, List.of()));
            if (!branches.isEmpty()) {
                triggers.add(new Trigger(type, branches, List.of(), paths));
            }
            return;
        }
        triggers.add(new Trigger(type, branches, tags, paths));
    }

    /** Returns the filters that can match: a tag is on no branch that we know of. */
    private static Level filters(PlanEvent.Type type) {
        return switch (type) {
            case PUSH -> Schema.PUSH;
            case TAG -> Schema.TAG;
            case PULL_REQUEST -> Schema.PULL_REQUEST;
            case MANUAL, API, SCHEDULE, UPSTREAM -> Schema.NO_FILTER;
        };
    }

    private void unknown(YamlNode.Scalar name) {
        report.error(
                ProblemCode.UNKNOWN_KEY,
                name.mark(),
                "unknown event '%s'".formatted(Values.shown(name.text())),
                Spelling.suggestion(name.text(), EVENTS.keySet(), "events"));
    }

    /** Reads an event that has settings of its own: a time, or another project. */
    private void settings(
            YamlNode.Scalar name,
            @Nullable YamlNode value,
            PlanEvent.Type type,
            List<Trigger> triggers) {
        if (value == null || Texts.isNothing(value)) {
            report.error(
                    ProblemCode.EMPTY,
                    name.mark(),
                    "'%s' has no value".formatted(name.text()),
                    type == PlanEvent.Type.SCHEDULE
                            ? "write a time, such as schedule: \"0 4 * * *\""
                            : "write a project, such as upstream: library");
            return;
        }
        var one = new YamlNode.Mapping(List.of(new YamlNode.Entry(name, value)), name.mark());
        var fields = new Fields(one, name.mark(), Schema.EVENTS, report);
        new SettingReader(texts).read(fields, name.text());
        fields.notYet(name.text());
        triggers.add(new Trigger(type, List.of(), List.of(), List.of()));
    }

    private static List<String> globs(Fields fields, String key) {
        var field = fields.get(key);
        if (field == null) {
            return List.of();
        }
        var globs = new ArrayList<String>();
        for (var scalar : Values.scalars(field, fields.report())) {
            if (scalar.text().length() > 200 || scalar.text().isBlank()) {
                tooLong(scalar.mark(), fields.report());
            }
            globs.add(scalar.text());
        }
        return List.copyOf(globs);
    }

    private static void tooLong(Mark mark, Report report) {
        report.error(
                ProblemCode.BAD_VALUE,
                mark,
                "a filter is blank or longer than 200 characters",
                "write a name, with '*' for any characters, such as release/*");
    }
}
