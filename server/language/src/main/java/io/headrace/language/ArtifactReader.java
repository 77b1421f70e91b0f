package io.headrace.language;

import io.headrace.language.Fields.Field;
import io.headrace.language.JobDefinition.ArtifactDefinition;
import io.headrace.language.JobDefinition.ArtifactNeedDefinition;
import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code artifacts} and {@code artifact_dependencies} of a job. */
final class ArtifactReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._*?-]{1,100}");

    private final Texts texts;
    private final @Nullable Integer retentionDays;

    /**
     * @param retentionDays the pipeline's, or null
     */
    ArtifactReader(Texts texts, @Nullable Integer retentionDays) {
        this.texts = texts;
        this.retentionDays = retentionDays;
    }

    List<ArtifactDefinition> artifacts(Fields job, String key) {
        var field = job.get("artifacts");
        if (field == null) {
            return List.of();
        }
        if (field.value() instanceof YamlNode.Mapping map) {
            var artifacts = new ArrayList<ArtifactDefinition>();
            for (var entry : map.entries()) {
                artifacts.add(artifact(entry, job.report()));
            }
            return List.copyOf(artifacts);
        }
        var paths = paths(field, job.report());
        return paths.isEmpty()
                ? List.of()
                : List.of(
                        new ArtifactDefinition(
                                key,
                                paths,
                                Plan.Artifact.When.ALWAYS,
                                retentionDays,
                                field.mark()));
    }

    private ArtifactDefinition artifact(YamlNode.Entry entry, Report report) {
        var name = entry.key().text();
        var mark = entry.key().mark();
        if (!NAME.matcher(name).matches()) {
            report.error(
                    ProblemCode.BAD_NAME,
                    mark,
                    "'%s' is no name for an artifact".formatted(Values.shown(name)),
                    "use letters, digits, '-', '_' and '.'; paths belong after the colon");
        }
        var in = report.in("artifact '%s'".formatted(Values.shown(name)));
        if (!(entry.value() instanceof YamlNode.Mapping map)) {
            var paths = paths(new Field(name, mark, entry.value()), in);
            return new ArtifactDefinition(
                    name, paths, Plan.Artifact.When.ALWAYS, retentionDays, mark);
        }
        var fields = new Fields(map, mark, Schema.ARTIFACT, in);
        var paths = fields.require("paths", "add 'paths' with the files to keep");
        var when = Values.choice(fields, "when");
        return new ArtifactDefinition(
                name,
                paths == null ? List.of() : paths(paths, in),
                Plan.Artifact.When.valueOf(when.toUpperCase(Locale.ROOT)),
                retention(fields, retentionDays),
                mark);
    }

    /** Reads {@code retention}: a number of days, or a map with {@code days}. */
    static @Nullable Integer retention(Fields fields, @Nullable Integer otherwise) {
        var field = fields.get("retention");
        if (field == null) {
            return otherwise;
        }
        var days = fields;
        var key = "retention";
        if (field.value() instanceof YamlNode.Mapping map) {
            key = "days";
            days = new Fields(map, field.mark(), Schema.RETENTION, fields.report().in("retention"));
        }
        int value = Values.integer(days, key, 0);
        return value == 0 ? otherwise : Integer.valueOf(value);
    }

    private List<Text> paths(Field field, Report report) {
        var paths = new ArrayList<Text>();
        for (var scalar : Values.scalars(field, report)) {
            var path = texts.value(scalar, report);
            Paths.check(path, "path", report);
            paths.add(path);
        }
        if (field.value() instanceof YamlNode.Sequence(var items, _) && items.isEmpty()) {
            report.error(
                    ProblemCode.EMPTY,
                    field.mark(),
                    "'%s' is empty".formatted(field.name()),
                    "write at least one path, or remove the key");
        }
        return List.copyOf(paths);
    }

    List<ArtifactNeedDefinition> needs(Fields job) {
        var field = job.get("artifact_dependencies");
        if (field == null) {
            return List.of();
        }
        var items =
                field.value() instanceof YamlNode.Sequence(var list, _)
                        ? list
                        : List.of(field.value());
        var needs = new ArrayList<ArtifactNeedDefinition>();
        for (var item : items) {
            var need =
                    item instanceof YamlNode.Mapping map
                            ? need(map, job.report())
                            : need(new Field(field.name(), item.mark(), item), job.report());
            if (need != null) {
                needs.add(need);
            }
        }
        return List.copyOf(needs);
    }

    /** Reads {@code pattern} or {@code job/pattern}. */
    private static @Nullable ArtifactNeedDefinition need(Field field, Report report) {
        var scalar = Values.scalar(field, report);
        if (scalar == null) {
            return null;
        }
        var text = scalar.text();
        int slash = text.indexOf('/');
        return checked(
                slash < 0 ? null : text.substring(0, slash),
                text.substring(slash + 1),
                null,
                scalar.mark(),
                report);
    }

    private @Nullable ArtifactNeedDefinition need(YamlNode.Mapping map, Report report) {
        var fields = new Fields(map, map.mark(), Schema.ARTIFACT_NEED, report);
        var jobField = fields.get("job");
        var job = jobField == null ? null : Values.scalar(jobField, report);
        var patternField = fields.get("artifact");
        var pattern = patternField == null ? null : Values.scalar(patternField, report);
        var directoryField = fields.get("directory");
        var written = directoryField == null ? null : Values.scalar(directoryField, report);
        var directory = written == null ? null : texts.value(written, report);
        if (directory != null) {
            Paths.check(directory, "directory", report);
        }
        if (job == null && pattern == null) {
            report.error(
                    ProblemCode.MISSING_KEY,
                    map.mark(),
                    "neither 'job' nor 'artifact' is given",
                    "add 'artifact: name'");
            return null;
        }
        return checked(
                job == null ? null : job.text(),
                pattern == null ? "*" : pattern.text(),
                directory,
                pattern != null ? pattern.mark() : job != null ? job.mark() : map.mark(),
                report);
    }

    private static @Nullable ArtifactNeedDefinition checked(
            @Nullable String job,
            String pattern,
            @Nullable Text directory,
            Mark mark,
            Report report) {
        if (!PATTERN.matcher(pattern).matches()) {
            report.error(
                    ProblemCode.BAD_NAME,
                    mark,
                    "'%s' is no pattern for names of artifacts".formatted(Values.shown(pattern)),
                    "write a name, with '*' for any characters, such as jar-*");
            return null;
        }
        return new ArtifactNeedDefinition(job, pattern, directory, mark);
    }
}
