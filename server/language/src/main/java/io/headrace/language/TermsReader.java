package io.headrace.language;

import io.headrace.language.PlanTerms.WorkItem;
import io.headrace.language.schema.Key;
import io.headrace.language.yaml.Mark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a pipeline asks for beside its jobs. */
final class TermsReader {

    /** Keys that are kept as settings, for those who carry them out. */
    private static final List<String> SETTINGS =
            List.of("image_build", "manifest", "release", "deployment", "notifications");

    private final SettingReader settings;
    private final Limits limits;

    TermsReader(Texts texts, Limits limits) {
        this.settings = new SettingReader(texts);
        this.limits = limits;
    }

    TermsDefinition read(Fields fields) {
        var kept = new LinkedHashMap<String, SettingDefinition>();
        var concurrency = fields.has("concurrency") ? settings.read(fields, "concurrency") : null;
        if (concurrency != null) {
            kept.put("concurrency", concurrency);
        }
        for (var key : SETTINGS) {
            var value = settings.read(fields, key);
            if (value != null) {
                fields.notYet(key);
                kept.put(key, value);
            }
        }
        var deployment = kept.get("deployment");
        if (deployment != null) {
            new DeploymentCheck(deployment, mark(fields, "deployment"), fields.report()).check();
        }
        keeping(fields, "artifacts", kept);
        keeping(fields, "retention", kept);
        var mode = mode(fields);
        var retries = RetryPolicyReader.read(settings, fields);
        var affinity = affinity(fields);
        return new TermsDefinition(
                mode,
                mode == PlanTerms.Mode.BATCH ? Values.integer(fields, "batch_size") : 0,
                affinity,
                retries,
                kept,
                work(fields, kept.get("manifest")),
                fields.report().problems().blockers(),
                fields.report().problems().pins());
    }

    private static PlanTerms.Mode mode(Fields fields) {
        var mode = PlanTerms.Mode.valueOf(upper(Values.choice(fields, "mode")));
        if (mode != PlanTerms.Mode.BATCH && fields.has("batch_size")) {
            fields.report()
                    .warning(
                            ProblemCode.BAD_VALUE,
                            mark(fields, "batch_size"),
                            "'batch_size' has no effect without 'mode: batch'",
                            "remove it, or add 'mode: batch'");
        }
        return mode;
    }

    private static PlanTerms.Affinity affinity(Fields fields) {
        var affinity = PlanTerms.Affinity.valueOf(upper(Values.choice(fields, "affinity")));
        if (affinity != PlanTerms.Affinity.NONE) {
            fields.report()
                    .notYet(
                            affinity == PlanTerms.Affinity.REQUIRE
                                    ? Key.Support.BLOCKS
                                    : Key.Support.CARRIED,
                            mark(fields, "affinity"),
                            "affinity: " + affinity.name().toLowerCase(Locale.ROOT));
        }
        return affinity;
    }

    /** Keeps what {@code artifacts} and {@code retention} say beside a number of days. */
    private void keeping(Fields fields, String key, Map<String, SettingDefinition> kept) {
        var value = settings.read(fields, key);
        if (value == null || value.fields().isEmpty()) {
            return;
        }
        kept.put(key, value);
        var inner = value.fields().getOrDefault("retention", value);
        if (value.truth("compress")) {
            fields.report().notYet(Key.Support.CARRIED, mark(fields, key), "compress");
        }
        if (inner.truth("permanent")
                || !"0"
                        .equals(
                                inner.fields().containsKey("grace")
                                        ? inner.written("grace")
                                        : "0")) {
            fields.report()
                    .notYet(
                            Key.Support.CARRIED,
                            mark(fields, key),
                            inner.truth("permanent") ? "permanent" : "grace");
        }
    }

    private List<WorkItem> work(Fields fields, @Nullable SettingDefinition manifest) {
        return manifest == null
                ? List.of()
                : ManifestReader.read(
                        manifest, mark(fields, "manifest"), limits, fields.report().in("manifest"));
    }

    private static Mark mark(Fields fields, String key) {
        return fields.all(key).getFirst().mark();
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
