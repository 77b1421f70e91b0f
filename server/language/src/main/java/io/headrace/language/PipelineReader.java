package io.headrace.language;

import io.headrace.language.PipelineVocabulary.Place;
import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the top level of a pipeline file. */
final class PipelineReader {

    private static final int MAX_JOBS = 20_000;

    private final Problems problems;
    private final Limits limits;
    private final Includes includes;
    private final boolean generated;

    /**
     * @param generated whether the output of a generator is part of what is read
     */
    PipelineReader(Problems problems, Limits limits, Includes includes, boolean generated) {
        this.problems = problems;
        this.limits = limits;
        this.includes = includes;
        this.generated = generated;
    }

    /** Returns null if there is nothing to build a pipeline of. */
    @Nullable Pipeline read(YamlNode root) {
        var top = problems.top();
        if (!(root instanceof YamlNode.Mapping map)) {
            top.error(
                    ProblemCode.WRONG_TYPE,
                    root.mark(),
                    "the file must be a map, but it is %s".formatted(root.kind()),
                    "begin with the lines 'name: …' and 'jobs:'");
            return null;
        }
        var fields = new Fields(map, Mark.START, Schema.PIPELINE, top);
        var parameters = ParameterReader.read(fields);
        var types = ParameterReader.types(parameters);
        var vocabulary = new PipelineVocabulary(Set.of(), types, false);
        var texts = new Texts(vocabulary);
        var inherited =
                new JobReader.Inherited(
                        new MatrixReader(limits).read(fields),
                        JobReader.executor(fields, null),
                        retention(fields),
                        new CacheReader(texts).read(fields),
                        vocabulary,
                        limits);
        var limit = Values.seconds(fields, "timeout", limits.pipelineTime(), "pipeline.max-time");
        var environment = new LinkedHashMap<>(EnvFileReader.read(fields, includes));
        environment.putAll(texts.environment(fields, "global_env", Place.VALUE));
        var reader = new JobReader(inherited);
        var jobs = new ArrayList<>(jobs(fields, reader));
        var generator = new GeneratorReader(inherited).read(fields, jobs);
        var phases = new PhaseReader(reader, texts).read(fields);
        jobs.replaceAll(phases::placed);
        phases.addTo(jobs, top);
        var terms = new TermsReader(texts, limits).read(fields);
        return new Pipeline(
                problems.sources(),
                name(fields, limits.strict()),
                new TriggerReader(top.in("'on'"), texts).read(fields.get("on")),
                parameters,
                Collections.unmodifiableMap(environment),
                phases.stages().isEmpty() ? stages(fields) : phases.stages(),
                limit == null ? Duration.ofSeconds(Values.standard(fields, "timeout")) : limit,
                fields.has("fail_fast")
                        ? Values.bool(fields, "fail_fast")
                        : !phases.stages().isEmpty(),
                PriorityReader.read(fields),
                jobs,
                phases.projects(),
                terms,
                generator == null ? null : new Pipeline.Generator(generator, generated));
    }

    private static @Nullable String name(Fields fields, boolean strict) {
        var field = fields.get("name");
        if (field == null) {
            fields.report()
                    .complain(
                            strict,
                            ProblemCode.NO_NAME,
                            Mark.START,
                            strict
                                    ? "the pipeline has no name, and in strict mode it needs one"
                                    : "the pipeline has no name and is called like its project",
                            "add 'name'");
            return null;
        }
        var scalar = Values.scalar(field, fields.report());
        if (scalar != null && (scalar.text().isBlank() || scalar.text().length() > 200)) {
            fields.report()
                    .error(
                            ProblemCode.BAD_NAME,
                            scalar.mark(),
                            "the name is blank or longer than 200 characters",
                            "write a short one");
        }
        return scalar == null ? null : scalar.text();
    }

    private static @Nullable Integer retention(Fields fields) {
        var artifacts = fields.get("artifacts");
        var map = artifacts == null ? null : Values.map(artifacts, fields.report());
        var general = ArtifactReader.retention(fields, null);
        if (artifacts == null || map == null) {
            return general;
        }
        return ArtifactReader.retention(
                new Fields(
                        map, artifacts.mark(), Schema.ARTIFACTS, fields.report().in("artifacts")),
                general);
    }

    private static List<String> stages(Fields fields) {
        var field = fields.get("stages");
        if (field == null) {
            return List.of();
        }
        var stages = new ArrayList<String>();
        for (var scalar : Values.scalars(field, fields.report())) {
            if (stages.contains(scalar.text())) {
                fields.report()
                        .error(
                                ProblemCode.DUPLICATE_NAME,
                                scalar.mark(),
                                "stage '%s' is listed twice".formatted(scalar.text()),
                                "keep one of the two");
            } else {
                stages.add(scalar.text());
            }
        }
        return List.copyOf(stages);
    }

    private List<JobDefinition> jobs(Fields fields, JobReader reader) {
        var field =
                fields.has("projects")
                                || fields.has("generate")
                                || fields.report().problems().incomplete()
                        ? fields.get("jobs")
                        : fields.require("jobs", "add 'jobs' with at least one job");
        var map = field == null ? null : Values.map(field, fields.report());
        if (field == null || map == null || (generated && map.entries().isEmpty())) {
            return List.of();
        }
        if (map.entries().isEmpty() || map.entries().size() > MAX_JOBS) {
            fields.report()
                    .error(
                            map.entries().isEmpty() ? ProblemCode.EMPTY : ProblemCode.TOO_LARGE,
                            field.mark(),
                            map.entries().isEmpty()
                                    ? "'jobs' is empty"
                                    : "there are more than %d jobs".formatted(MAX_JOBS),
                            map.entries().isEmpty()
                                    ? "add at least one job"
                                    : "split the pipeline");
            return List.of();
        }
        var jobs = new ArrayList<JobDefinition>();
        for (var entry : map.entries()) {
            if (entry.key().text().equals("steps") && entry.value() instanceof YamlNode.Sequence) {
                fields.report()
                        .error(
                                ProblemCode.WRONG_TYPE,
                                entry.key().mark(),
                                "'steps' stands where the name of a job belongs",
                                "write a name such as 'build:' there, and 'steps' below it");
                continue;
            }
            var job = reader.read(entry, fields.report());
            if (job != null) {
                jobs.add(job);
            }
        }
        return List.copyOf(jobs);
    }
}
