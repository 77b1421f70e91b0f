package io.headrace.language;

import io.headrace.language.yaml.Mark;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what the keys of a {@code deployment} say about each other. */
final class DeploymentCheck {

    private static final List<String> STRATEGIES = List.of("rolling", "blue_green", "canary");

    private final SettingDefinition deployment;
    private final Mark mark;
    private final Report report;

    DeploymentCheck(SettingDefinition deployment, Mark mark, Report report) {
        this.deployment = deployment;
        this.mark = mark;
        this.report = report.in("deployment");
    }

    void check() {
        boolean version = deployment.fields().containsKey("version");
        boolean artifact = deployment.fields().containsKey("artifact");
        if (!version && !artifact) {
            error(
                    ProblemCode.MISSING_KEY,
                    mark,
                    "neither 'version' nor 'artifact' is given",
                    "add 'version', such as 'version: ${{ tag }}'");
        }
        if (version && artifact) {
            error(
                    ProblemCode.TWO_SPELLINGS,
                    mark,
                    "'version' and 'artifact' both say what is deployed",
                    "keep one of the two");
        }
        var strategy = deployment.written("strategy");
        for (var other : STRATEGIES) {
            if (!other.equals(strategy) && deployment.fields().containsKey(other)) {
                report.warning(
                        ProblemCode.BAD_VALUE,
                        mark,
                        "'%s' has no effect, because the strategy is '%s'"
                                .formatted(other, strategy),
                        "remove it, or write 'strategy: %s'".formatted(other));
            }
        }
        targets();
        var health = deployment.fields().get("health");
        if (health != null && number(health, "interval") > number(health, "timeout")) {
            error(
                    ProblemCode.OUT_OF_RANGE,
                    mark,
                    "the interval of 'health' is longer than its timeout",
                    "raise 'timeout', or lower 'interval'");
        }
        var canary = deployment.fields().get("canary");
        if (canary != null) {
            canary(canary);
        }
    }

    private void targets() {
        var targets = deployment.fields().get("targets");
        var names = new HashSet<String>();
        if (targets != null) {
            for (var target : targets.items()) {
                var name = target.written("name");
                if (name != null && !names.add(name)) {
                    error(
                            ProblemCode.DUPLICATE_NAME,
                            place(target, "name"),
                            "two targets are called '%s'".formatted(name),
                            "rename one of them");
                }
            }
        }
    }

    private void canary(SettingDefinition canary) {
        var stages = canary.fields().get("stages");
        if (stages == null || stages.items().isEmpty()) {
            return;
        }
        int last = 0;
        for (var stage : stages.items()) {
            int percent = number(stage.text());
            if (percent <= last) {
                error(
                        ProblemCode.OUT_OF_RANGE,
                        place(stage),
                        "the stages of 'canary' must rise, but %d follows %d"
                                .formatted(percent, last),
                        "write them from the smallest to 100");
                return;
            }
            last = percent;
        }
        if (last != 100) {
            error(
                    ProblemCode.OUT_OF_RANGE,
                    place(stages.items().getLast()),
                    "the last stage of 'canary' is %d percent, so the old version would stay"
                            .formatted(last),
                    "add 100 as the last stage");
        }
        var durations = canary.fields().get("durations_minutes");
        if (durations != null && durations.items().size() != stages.items().size() - 1) {
            error(
                    ProblemCode.BAD_VALUE,
                    mark,
                    "'durations_minutes' has %d numbers for %d stages"
                            .formatted(durations.items().size(), stages.items().size()),
                    "write one for each stage but the last, or use 'stage_duration_minutes'");
        }
        for (var gate : canary.texts("gates")) {
            if (!canary.texts("stages").contains(gate)) {
                error(
                        ProblemCode.BAD_VALUE,
                        mark,
                        "the gate at %s percent is at none of the stages".formatted(gate),
                        "write one of " + String.join(", ", canary.texts("stages")));
            }
        }
    }

    private void error(ProblemCode code, Mark where, String message, String fix) {
        report.error(code, where, message, fix);
    }

    private Mark place(SettingDefinition map, String key) {
        var field = map.fields().get(key);
        return field == null ? mark : place(field);
    }

    private Mark place(SettingDefinition scalar) {
        return scalar.text() == null ? mark : scalar.text().mark();
    }

    private static int number(SettingDefinition map, String key) {
        var field = map.fields().get(key);
        return field == null ? 0 : number(field.text());
    }

    /** What is no number was reported before. */
    private static int number(@Nullable Text text) {
        return text != null && text.value().matches("\\d{1,9}")
                ? Integer.parseInt(text.value())
                : 0;
    }
}
