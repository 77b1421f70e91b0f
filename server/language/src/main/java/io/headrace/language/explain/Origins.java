package io.headrace.language.explain;

import io.headrace.language.JobDefinition;
import io.headrace.language.Pipeline;
import io.headrace.language.explain.Explanation.Origin;
import io.headrace.language.schema.Key;
import io.headrace.language.schema.Level;
import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import io.headrace.language.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds where the files of a pipeline say something. */
final class Origins {

    private final Pipeline pipeline;
    private final List<YamlNode.Mapping> tops = new ArrayList<>();
    private final boolean generates;
    private final YamlNode.@Nullable Mapping job;

    /**
     * @param definition of the job that is asked for, or null
     */
    Origins(Pipeline pipeline, @Nullable JobDefinition definition) {
        this.pipeline = pipeline;
        for (var source : pipeline.sources()) {
            if (isYaml(source.file())) {
                for (var root : YamlReader.read(source).roots()) {
                    if (root instanceof YamlNode.Mapping map) {
                        tops.add(map);
                    }
                }
            }
        }
        this.generates = generates(pipeline, definition);
        this.job = definition == null ? null : job(definition);
    }

    private static boolean generates(Pipeline pipeline, @Nullable JobDefinition definition) {
        var generator = pipeline.generator();
        return generator != null && definition != null && generator.job().equals(definition);
    }

    private YamlNode.@Nullable Mapping job(JobDefinition definition) {
        for (var top : tops) {
            var generate = generates ? value(top, Schema.PIPELINE, definition.key()) : null;
            if (generate != null) {
                return generate.value() instanceof YamlNode.Mapping map ? map : null;
            }
            var jobs = value(top, Schema.PIPELINE, "jobs");
            if (jobs != null && jobs.value() instanceof YamlNode.Mapping(var entries, _)) {
                for (var entry : entries) {
                    if (entry.key().text().equals(definition.key())
                            && entry.key().mark().equals(definition.mark())
                            && entry.value() instanceof YamlNode.Mapping map) {
                        return map;
                    }
                }
            }
        }
        return null;
    }

    /** Returns what the schema says of a key of the job. */
    @Nullable Key key(String name) {
        var own = generates ? Schema.GENERATE.key(name) : null;
        return own == null ? Schema.JOB.key(name) : own;
    }

    /** Returns the place of a mark. */
    Origin at(String level, Mark mark) {
        var file = pipeline.sources().get(mark.source()).file();
        return new Origin(level, file, mark.line());
    }

    /** Returns where a variable of the pipeline stands, which may be a file of variables. */
    Origin ofPipeline(Mark mark) {
        var file = pipeline.sources().get(mark.source()).file();
        return at(isYaml(file) || mark.source() == 0 ? "pipeline" : "environment file", mark);
    }

    /** Returns where the job says {@code key}, in any spelling; null if it doesn't. */
    @Nullable Origin inJob(String key) {
        var entry = job == null ? null : value(job, Schema.JOB, key);
        return entry == null ? null : at("job", entry.key().mark());
    }

    /** Returns where a map of the job under {@code key} says {@code inner}; null if it doesn't. */
    @Nullable Origin inJob(String key, Level level, String inner) {
        var entry = job == null ? null : value(job, Schema.JOB, key);
        if (entry != null && entry.value() instanceof YamlNode.Mapping map) {
            var found = value(map, level, inner);
            return found == null ? null : at("job", found.key().mark());
        }
        return null;
    }

    /** Returns where the top of a file says {@code key}, in any spelling; null if none does. */
    @Nullable Origin inPipeline(String key) {
        for (var top : tops) {
            var entry = value(top, Schema.PIPELINE, key);
            if (entry != null) {
                return at("pipeline", entry.key().mark());
            }
        }
        return null;
    }

    private static YamlNode.@Nullable Entry value(YamlNode.Mapping map, Level level, String key) {
        var wanted = level.key(key);
        for (var entry : map.entries()) {
            if (wanted != null && wanted.equals(level.key(entry.key().text()))) {
                return entry;
            }
        }
        return null;
    }

    private static boolean isYaml(String file) {
        return file.endsWith(".yml") || file.endsWith(".yaml");
    }
}
