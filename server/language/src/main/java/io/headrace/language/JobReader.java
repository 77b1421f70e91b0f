package io.headrace.language;

import io.headrace.language.JobDefinition.CacheDefinition;
import io.headrace.language.JobDefinition.Need;
import io.headrace.language.PipelineVocabulary.Place;
import io.headrace.language.schema.Schema;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one job. */
final class JobReader {

    /** The longest that a job without {@code timeout} may take. */
    private static final Duration TIME_LIMIT = Duration.ofHours(1);

    /** Added to the time of the steps where a job has no {@code timeout}. */
    private static final Duration OVERHEAD = Duration.ofMinutes(1);

    private static final Set<String> RESERVED =
            Set.of(
                    "all",
                    "none",
                    "self",
                    "true",
                    "false",
                    "null",
                    "pipeline",
                    "job",
                    "jobs",
                    "matrix",
                    "env",
                    "secrets",
                    "parameters",
                    "inputs");

    /** What a job inherits from its pipeline. */
    record Inherited(
            @Nullable Matrix matrix,
            @Nullable String executor,
            @Nullable Integer retentionDays,
            List<CacheDefinition> caches,
            PipelineVocabulary vocabulary,
            Limits limits) {}

    private final Inherited inherited;

    JobReader(Inherited inherited) {
        this.inherited = inherited;
    }

    /** Returns a reader of what jobs keep, for as long as the pipeline says. */
    ArtifactReader artifacts(Texts texts) {
        return new ArtifactReader(texts, inherited.retentionDays());
    }

    /** Reads the job under {@code entry}; null if nothing of it can be used. */
    @Nullable JobDefinition read(YamlNode.Entry entry, Report top) {
        var key = entry.key().text();
        checkName(entry.key(), top);
        return read(entry, top, "job '" + Values.shown(key) + "'");
    }

    /** Likewise, where its name is known to be right. */
    @Nullable JobDefinition read(YamlNode.Entry entry, Report top, String context) {
        var key = entry.key().text();
        var report = top.inJob(key, context);
        var map = Values.map(key, entry.key().mark(), entry.value(), report);
        if (map == null) {
            return null;
        }
        var fields = new Fields(map, entry.key().mark(), Schema.JOB, report);
        checkSameName(fields, key);
        var own = new MatrixReader(inherited.limits()).read(fields);
        var matrix = fields.has("matrix") ? own : inherited.matrix();
        var texts = new Texts(vocabulary(matrix));
        var artifacts = artifacts(texts);
        var steps = new StepReader(texts, inherited.limits()).read(fields);
        var labels = new ArrayList<Text>();
        var image = ImageReader.read(fields, texts, labels);
        if (image == null) {
            image = ImageReader.ofAll(steps);
        }
        steps = ImageReader.withoutImage(steps, image, report);
        labels.addAll(labels(fields, texts));
        return new JobDefinition(
                key,
                entry.key().mark(),
                stage(fields),
                needs(fields),
                texts.condition(fields),
                matrix,
                image,
                executor(fields, inherited.executor()),
                name(fields, "pool"),
                List.copyOf(labels),
                platform(fields, texts),
                texts.environment(fields, "environment", Place.VALUE),
                SecretNames.read(fields),
                timeLimit(fields, steps),
                Values.integer(fields, "retry_count"),
                Values.bool(fields, "retry_on_timeout"),
                Values.bool(fields, "continue_on_failure"),
                Values.bool(fields, "checkout"),
                PriorityReader.read(fields),
                artifacts.artifacts(fields, key),
                artifacts.needs(fields),
                ResourceReader.read(fields, inherited.limits()),
                steps,
                new JobTermsReader(texts).read(fields),
                fields.has("caches") ? new CacheReader(texts).read(fields) : inherited.caches(),
                new LockReader(texts).read(fields));
    }

    private static void checkName(YamlNode.Scalar key, Report top) {
        var name = key.text();
        if (!Schema.JOB_NAME.matches(name)) {
            top.error(
                    ProblemCode.BAD_NAME,
                    key.mark(),
                    "'%s' is no name for a job".formatted(Values.shown(name)),
                    Schema.JOB_NAME.rule());
        } else if (RESERVED.contains(name)) {
            top.error(
                    ProblemCode.BAD_NAME,
                    key.mark(),
                    "a job can't be called '%s'".formatted(name),
                    "the word has a meaning of its own: choose another name");
        } else if (name.length() < 3) {
            top.warning(
                    ProblemCode.BAD_NAME,
                    key.mark(),
                    "the job's name '%s' is very short".formatted(name),
                    "choose one that says what the job does");
        }
    }

    private static void checkSameName(Fields fields, String key) {
        var field = fields.get("name");
        var name = field == null ? null : Values.scalar(field, fields.report());
        if (name != null && !name.text().equals(key)) {
            fields.report()
                    .error(
                            ProblemCode.BAD_NAME,
                            name.mark(),
                            "the job is called '%s', but its key is '%s'"
                                    .formatted(Values.shown(name.text()), key),
                            "remove 'name', or make both the same");
        }
    }

    private PipelineVocabulary vocabulary(@Nullable Matrix matrix) {
        var axes = new LinkedHashSet<String>();
        if (matrix != null) {
            axes.addAll(matrix.axes().keySet());
            matrix.include().stream().map(Map::keySet).forEach(axes::addAll);
        }
        return new PipelineVocabulary(axes, inherited.vocabulary().parameters(), true);
    }

    private static @Nullable Text stage(Fields fields) {
        var field = fields.get("stage");
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        return scalar == null ? null : Text.of(scalar);
    }

    private static List<Need> needs(Fields fields) {
        var needs = new LinkedHashMap<String, Need>();
        for (var field : fields.all("depends_on")) {
            if (field.value() instanceof YamlNode.Sequence(var items, _) && items.isEmpty()) {
                continue;
            }
            for (var scalar : Values.scalars(field, fields.report())) {
                needs.putIfAbsent(scalar.text(), new Need(scalar.text(), scalar.mark()));
            }
        }
        return List.copyOf(needs.values());
    }

    private Duration timeLimit(Fields fields, Collection<StepDefinition> steps) {
        var given =
                Values.seconds(
                        fields, "timeout", inherited.limits().jobTime(), "pipeline.max-job-time");
        if (given != null) {
            return given;
        }
        var ofSteps = OVERHEAD;
        for (var step : steps) {
            ofSteps = ofSteps.plus(step.timeLimit().multipliedBy(1L + step.retries()));
        }
        return ofSteps.compareTo(TIME_LIMIT) < 0 ? ofSteps : TIME_LIMIT;
    }

    /** Reads {@code executor}: a name, or a map with {@code type}. */
    static @Nullable String executor(Fields fields, @Nullable String otherwise) {
        var field = fields.get("executor");
        if (field == null) {
            return otherwise;
        }
        if (field.value() instanceof YamlNode.Mapping map) {
            var inner =
                    new Fields(map, field.mark(), Schema.EXECUTOR, fields.report().in("executor"));
            requireType(inner);
            return optionalName(inner, "type");
        }
        return optionalName(fields, "executor");
    }

    /** Reports that {@code type} is missing; any other key may be a setting of the plugin. */
    private static void requireType(Fields executor) {
        var misspelt =
                executor.others().stream()
                        .map(YamlNode.Entry::key)
                        .filter(key -> Spelling.nearest(key.text(), List.of("type")).isPresent())
                        .findFirst();
        if (executor.has("type") || misspelt.isEmpty()) {
            executor.require("type", "add 'type: docker' or 'type: process'");
            return;
        }
        var key = misspelt.get();
        executor.report()
                .error(
                        ProblemCode.UNKNOWN_KEY,
                        key.mark(),
                        "unknown key '%s'".formatted(Values.shown(key.text())),
                        "did you mean 'type'?");
    }

    private static String name(Fields fields, String key) {
        var name = optionalName(fields, key);
        var standard = fields.key(key).defaultValue();
        return name != null ? name : standard != null ? standard : "";
    }

    private static @Nullable String optionalName(Fields fields, String key) {
        var field = fields.get(key);
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (field == null || scalar == null) {
            return null;
        }
        if (!Schema.LABEL.matches(scalar.text())) {
            badLabel(scalar, field.name(), fields.report());
            return null;
        }
        return scalar.text();
    }

    private static void badLabel(YamlNode.Scalar scalar, String key, Report report) {
        report.error(
                ProblemCode.BAD_NAME,
                scalar.mark(),
                "'%s' can't stand in '%s'".formatted(Values.shown(scalar.text()), key),
                Schema.LABEL.rule());
    }

    private static List<Text> labels(Fields fields, Texts texts) {
        var labels = new ArrayList<Text>();
        var field = fields.get("labels");
        if (field != null) {
            for (var scalar : Values.scalars(field, fields.report())) {
                var label = texts.value(scalar, fields.report());
                if (label.template().isFixed() && !Schema.LABEL.matches(label.value())) {
                    badLabel(scalar, "labels", fields.report());
                }
                labels.add(label);
            }
        }
        return labels;
    }

    private static List<Text> platform(Fields fields, Texts texts) {
        var labels = new ArrayList<Text>();
        var platform = fields.get("platform");
        var map = platform == null ? null : Values.map(platform, fields.report());
        if (platform != null && map != null) {
            var inner =
                    new Fields(
                            map, platform.mark(), Schema.PLATFORM, fields.report().in("platform"));
            for (var key : List.of("os", "arch")) {
                var value = inner.get(key);
                var scalar = value == null ? null : Values.scalar(value, inner.report());
                if (scalar != null) {
                    labels.add(texts.value(scalar, inner.report()));
                }
            }
            var gpu = inner.get("gpu");
            if (gpu != null && Values.bool(inner, "gpu")) {
                labels.add(Text.of("gpu", gpu.mark()));
            }
        }
        return List.copyOf(labels);
    }
}
