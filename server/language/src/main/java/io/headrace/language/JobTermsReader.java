package io.headrace.language;

import io.headrace.language.schema.Key;
import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what only some jobs ask for. */
final class JobTermsReader {

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,7} ?[a-zA-Z]{1,3}");

    private final Texts texts;

    JobTermsReader(Texts texts) {
        this.texts = texts;
    }

    JobTerms read(Fields job) {
        boolean failFast = Values.bool(job, "fail_fast");
        if (failFast) {
            job.notYet("fail_fast");
        }
        var type = JobTerms.Type.valueOf(Values.choice(job, "type"));
        if (type != JobTerms.Type.CI) {
            job.report()
                    .notYet(
                            Key.Support.CARRIED,
                            job.all("type").getFirst().mark(),
                            "type: " + type);
        }
        boolean restricted = Values.choice(job, "network").equals("restricted");
        if (restricted) {
            job.report()
                    .notYet(
                            Key.Support.BLOCKS,
                            job.all("network").getFirst().mark(),
                            "network: restricted");
        }
        var resources = resources(job);
        return new JobTerms(
                null,
                null,
                type,
                failFast,
                approval(job, job.all("approval")),
                List.of(),
                executorSettings(job),
                restricted,
                resources == null ? 0 : number(resources.written("gpu")),
                resources == null ? 0 : bytes(resources, job.report()),
                RetryPolicyReader.read(new SettingReader(texts), job),
                List.of());
    }

    /** Reads an approval: a truth, or a map. */
    private JobTerms.@Nullable Approval approval(Fields job, List<Fields.Field> fields) {
        var read = fields.isEmpty() ? null : new SettingReader(texts).read(job, "approval");
        if (read == null || (read.text() != null && !read.text().value().equals("true"))) {
            return null;
        }
        job.notYet("approval");
        var timeout = number(read.written("timeout"));
        return new JobTerms.Approval(
                read.texts("approvers"), Duration.ofSeconds(timeout == 0 ? 86_400 : timeout));
    }

    private Map<String, String> executorSettings(Fields job) {
        var field = job.has("executor") ? job.all("executor").getFirst() : null;
        // Without a type, which is told elsewhere, the other keys mean nothing.
        if (field == null
                || !(field.value() instanceof YamlNode.Mapping map)
                || map.entries().stream().noneMatch(key -> key.key().text().equals("type"))) {
            return Map.of();
        }
        var read = new SettingReader(texts).read(job, "executor");
        var settings = new LinkedHashMap<String, String>();
        if (read != null) {
            read.fields()
                    .forEach((name, value) -> {
                        if (!name.equals("type") && value.text() != null) {
                            settings.put(name, value.text().value());
                        }
                    });
        }
        if (!settings.isEmpty()) {
            job.report()
                    .notYet(
                            Key.Support.BLOCKS,
                            field.mark(),
                            "executor: " + String.join(", ", settings.keySet()));
        }
        return settings;
    }

    /** Cores and memory are read elsewhere. */
    private @Nullable SettingDefinition resources(Fields job) {
        var field = job.has("resources") ? job.all("resources").getFirst() : null;
        if (field == null || !(field.value() instanceof YamlNode.Mapping map)) {
            return null;
        }
        var some =
                map.entries().stream()
                        .filter(entry ->
                                entry.key().text().equals("disk")
                                        || entry.key().text().equals("gpu"))
                        .toList();
        if (some.isEmpty()) {
            return null;
        }
        var report = job.report().in("resources");
        some.forEach(entry ->
                report.notYet(Key.Support.CARRIED, entry.key().mark(), entry.key().text()));
        return new SettingReader(texts)
                .read(
                        new YamlNode.Mapping(some, map.mark()),
                        field.mark(),
                        Schema.RESOURCES,
                        report);
    }

    private static long bytes(SettingDefinition resources, Report report) {
        var disk = resources.fields().get("disk");
        var text = disk == null ? null : disk.text();
        // What is no amount at all was reported before.
        return text == null || !AMOUNT.matcher(text.value()).matches()
                ? 0
                : ResourceReader.bytes(text.scalar(), "disk space", report);
    }

    /** What is no number was reported before. */
    private static int number(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
