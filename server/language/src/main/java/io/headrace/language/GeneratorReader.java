package io.headrace.language;

import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code generate}: a job with one step, whose output is the rest of the pipeline. */
final class GeneratorReader {

    private static final String KEY = Pipeline.Generator.KEY;

    private final JobReader.Inherited inherited;

    /**
     * @param ofJobs what the jobs of the file inherit
     */
    GeneratorReader(JobReader.Inherited ofJobs) {
        this.inherited =
                new JobReader.Inherited(
                        null,
                        ofJobs.executor(),
                        ofJobs.retentionDays(),
                        List.of(),
                        ofJobs.vocabulary(),
                        ofJobs.limits());
    }

    /**
     * Returns the job; null without the key, or if nothing of it can be used.
     *
     * @param others the jobs of the file, none of which may have its name
     */
    @Nullable JobDefinition read(Fields top, List<JobDefinition> others) {
        var field = top.get(KEY);
        if (field == null) {
            return null;
        }
        for (var other : others) {
            if (other.key().equals(KEY)) {
                top.report()
                        .error(
                                ProblemCode.DUPLICATE_NAME,
                                other.mark(),
                                "a job can't be called 'generate' beside the key 'generate', which"
                                        + " makes a job of that name",
                                "choose another name");
            }
        }
        var map = map(field, top.report());
        if (map == null) {
            return null;
        }
        var fields = new Fields(map, field.mark(), Schema.GENERATE, top.report().in(KEY));
        var script = fields.require("script", "add 'script: command'");
        return script == null
                ? null
                : new JobReader(inherited)
                        .read(entry(KEY, field.mark(), job(fields, script)), top.report(), KEY);
    }

    /** Commands alone mean a map with {@code script}. */
    private static YamlNode.@Nullable Mapping map(Fields.Field field, Report report) {
        return switch (field.value()) {
            case YamlNode.Mapping map -> map;
            case YamlNode.Scalar scalar when scalar.isNull() -> {
                report.error(
                        ProblemCode.EMPTY,
                        field.mark(),
                        "'generate' has no value",
                        "write a command, or remove the key");
                yield null;
            }
            case YamlNode commands ->
                    new YamlNode.Mapping(
                            List.of(entry("script", field.mark(), commands)), field.mark());
        };
    }

    private YamlNode.Mapping job(Fields fields, Fields.Field script) {
        var mark = fields.mark();
        var entries = new ArrayList<YamlNode.Entry>();
        for (var name : Schema.GENERATE.names()) {
            if (!name.equals("script")) {
                fields.all(name)
                        .forEach(
                                each -> entries.add(entry(each.name(), each.mark(), each.value())));
            }
        }
        if (!fields.has("timeout")) {
            var most = inherited.limits().jobTime().toSeconds();
            var seconds = Math.min(most, Values.standard(fields, "timeout"));
            entries.add(entry("timeout", mark, text(Long.toString(seconds), mark)));
        }
        var step =
                new YamlNode.Mapping(
                        List.of(
                                entry("name", mark, text(KEY, mark)),
                                entry("script", script.mark(), script.value())),
                        mark);
        entries.add(entry("steps", mark, new YamlNode.Sequence(List.of(step), mark)));
        return new YamlNode.Mapping(entries, mark);
    }

    private static YamlNode.Entry entry(String key, Mark mark, YamlNode value) {
        return new YamlNode.Entry(text(key, mark), value);
    }

    private static YamlNode.Scalar text(String text, Mark mark) {
        return new YamlNode.Scalar(text, YamlNode.Style.PLAIN, mark);
    }
}
