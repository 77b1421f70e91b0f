package io.headrace.language;

import io.headrace.language.Fields.Field;
import io.headrace.language.schema.Schema;
import io.headrace.language.schema.Shape;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes stages of {@code phases}, and jobs of {@code projects}: one for each phase that a project
 * takes part in. A group of phases is a stage, so that it waits for the group before it.
 */
final class PhaseReader {

    private final JobReader reader;
    private final Texts texts;
    private final Map<String, String> stageOf = new LinkedHashMap<>();
    private final Map<String, YamlNode> work = new HashMap<>();
    private final List<ProjectDefinition> projects = new ArrayList<>();
    private final List<JobDefinition> jobs = new ArrayList<>();

    PhaseReader(JobReader reader, Texts texts) {
        this.reader = reader;
        this.texts = texts;
    }

    PhaseReader read(Fields fields) {
        groups(fields);
        var field = fields.get("projects");
        if (field != null) {
            if (field.value() instanceof YamlNode.Sequence(var items, _)) {
                projects(field, items, fields.report());
            } else {
                Values.wrongType(field, "a list of projects", fields.report());
            }
        }
        checkNeeds(fields.report());
        return this;
    }

    /** Returns the stages in their order; empty if there are no phases. */
    List<String> stages() {
        return List.copyOf(new LinkedHashSet<>(stageOf.values()));
    }

    List<ProjectDefinition> projects() {
        return projects;
    }

    /** Puts a job whose stage is a phase into the stage of that phase's group. */
    JobDefinition placed(JobDefinition job) {
        var stage = job.stage();
        var group = stage == null ? null : stageOf.get(stage.value());
        return stage == null || group == null || group.equals(stage.value())
                ? job
                : job.ofProject(
                        Text.of(group, stage.mark()),
                        job.terms(),
                        job.environment(),
                        job.artifacts(),
                        job.steps());
    }

    void addTo(List<JobDefinition> all, Report report) {
        var names = new HashMap<String, Mark>();
        all.forEach(job -> names.put(job.key(), job.mark()));
        for (var job : jobs) {
            var earlier = names.putIfAbsent(job.key(), job.mark());
            if (earlier == null) {
                all.add(job);
            } else {
                report.error(
                        ProblemCode.DUPLICATE_NAME,
                        job.mark(),
                        "two jobs are called '%s'; the first is on line %d"
                                .formatted(job.key(), earlier.line()),
                        "rename the project, the phase or the other job");
            }
        }
    }

    private void groups(Fields fields) {
        var field = fields.get("phases");
        if (field == null) {
            return;
        }
        if (fields.has("stages")) {
            fields.report()
                    .error(
                            ProblemCode.TWO_SPELLINGS,
                            field.mark(),
                            "'phases' and 'stages' both say what runs after what",
                            "keep one of the two");
        }
        if (!(field.value() instanceof YamlNode.Sequence(var items, _))) {
            Values.wrongType(field, "a list of phases", fields.report());
            return;
        }
        var byNumber = new TreeMap<Integer, List<String>>();
        for (var item : items) {
            group(item, byNumber, fields.report().in(field.name()));
        }
        // From the order of the file to that of the groups' numbers.
        stageOf.clear();
        for (var group : byNumber.values()) {
            var stage = String.join(" + ", group);
            group.forEach(phase -> stageOf.put(phase, stage));
        }
    }

    private void group(YamlNode item, NavigableMap<Integer, List<String>> byNumber, Report report) {
        int next = byNumber.isEmpty() ? 1 : byNumber.lastKey() + 1;
        if (item instanceof YamlNode.Mapping map) {
            var fields = new Fields(map, map.mark(), Schema.PHASE_GROUP, report);
            int number = Values.integer(fields, "group", next);
            var phases = fields.require("phases", "add 'phases' with their names");
            if (phases == null) {
                return;
            }
            for (var name : named(phases, work, report)) {
                phase(name, byNumber.computeIfAbsent(number, _ -> new ArrayList<>()), report);
            }
        } else if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            phase(scalar, byNumber.computeIfAbsent(next, _ -> new ArrayList<>()), report);
        } else {
            Values.wrongType(
                    new Field("phases", item.mark(), item), "a name or a group of phases", report);
        }
    }

    private void phase(YamlNode.Scalar name, List<String> group, Report report) {
        if (!Schema.JOB_NAME.matches(name.text())) {
            report.error(
                    ProblemCode.BAD_NAME,
                    name.mark(),
                    "'%s' is no name for a phase".formatted(Values.shown(name.text())),
                    Schema.JOB_NAME.rule());
        } else if (stageOf.putIfAbsent(name.text(), "") != null) {
            report.error(
                    ProblemCode.DUPLICATE_NAME,
                    name.mark(),
                    "phase '%s' is listed twice".formatted(name.text()),
                    "keep one of the two");
        } else {
            group.add(name.text());
        }
    }

    /** Reads names, or names with what is done under them, which goes to {@code content}. */
    private static List<YamlNode.Scalar> named(
            Field field, Map<String, YamlNode> content, Report report) {
        if (!(field.value() instanceof YamlNode.Mapping map)) {
            return Values.scalars(field, report);
        }
        var names = new ArrayList<YamlNode.Scalar>();
        for (var entry : map.entries()) {
            names.add(entry.key());
            if (!Texts.isNothing(entry.value())) {
                content.put(entry.key().text(), entry.value());
            }
        }
        return names;
    }

    private void projects(Field field, List<YamlNode> items, Report report) {
        if (items.size() > 100) {
            report.error(
                    ProblemCode.TOO_LARGE,
                    field.mark(),
                    "there are %d projects, and the limit is 100".formatted(items.size()),
                    "put several of them into one");
            return;
        }
        for (var item : items) {
            var map = Values.map("projects", item.mark(), item, report);
            if (map != null) {
                project(map, report);
            }
        }
    }

    private void project(YamlNode.Mapping map, Report top) {
        var named = new Fields(map, map.mark(), Schema.PROJECT, top);
        var name = text(named, "name");
        var report =
                top.in("project '%s'".formatted(name == null ? "?" : Values.shown(name.text())));
        var path = text(named, "path");
        var phases = named.require("phases", "add 'phases' with those that it takes part in");
        if (name == null || path == null || phases == null) {
            return;
        }
        if (projects.stream().anyMatch(other -> other.name().equals(name.text()))) {
            report.error(
                    ProblemCode.DUPLICATE_NAME,
                    name.mark(),
                    "two projects are called '%s'".formatted(Values.shown(name.text())),
                    "rename one of them");
        }
        projects.add(
                new ProjectDefinition(
                        name.text(),
                        path.text(),
                        texts(named, "paths"),
                        texts(named, "depends_on"),
                        name.mark()));
        var own = new HashMap<String, YamlNode>();
        var takesPart = named(phases, own, report);
        var last = last(takesPart);
        for (var phase : takesPart) {
            var content = own.getOrDefault(phase.text(), work.get(phase.text()));
            if (!stageOf.containsKey(phase.text())) {
                report.error(
                        ProblemCode.UNKNOWN_PROJECT,
                        phase.mark(),
                        "there is no phase '%s'".formatted(Values.shown(phase.text())),
                        stageOf.isEmpty()
                                ? "list it under 'phases' at the top of the file"
                                : Spelling.suggestion(phase.text(), stageOf.keySet(), "phases"));
            } else if (content == null) {
                report.error(
                        ProblemCode.MISSING_KEY,
                        phase.mark(),
                        "nobody says what project '%s' does in phase '%s'"
                                .formatted(name.text(), phase.text()),
                        "write its steps after the colon of '%s:'".formatted(phase.text()));
            } else {
                job(name, path, phase, content, phase.text().equals(last) ? named : null, report);
            }
        }
    }

    /** Returns the phase that comes last of some. */
    private @Nullable String last(List<YamlNode.Scalar> phases) {
        var names = phases.stream().map(YamlNode.Scalar::text).toList();
        String last = null;
        for (var phase : stageOf.keySet()) {
            last = names.contains(phase) ? phase : last;
        }
        return last;
    }

    private void job(
            YamlNode.Scalar name,
            YamlNode.Scalar path,
            YamlNode.Scalar phase,
            YamlNode content,
            @Nullable Fields last,
            Report report) {
        var key = name.text() + "-" + phase.text();
        var written =
                content instanceof YamlNode.Sequence
                        ? new YamlNode.Mapping(
                                List.of(
                                        new YamlNode.Entry(
                                                new YamlNode.Scalar(
                                                        "steps",
                                                        YamlNode.Style.PLAIN,
                                                        phase.mark()),
                                                content)),
                                phase.mark())
                        : content;
        var entry =
                new YamlNode.Entry(
                        new YamlNode.Scalar(key, YamlNode.Style.PLAIN, phase.mark()), written);
        var job = reader.read(entry, report, "phase '%s'".formatted(phase.text()));
        if (job == null) {
            return;
        }
        var variables = new LinkedHashMap<String, Text>();
        // Not HEADRACE_PROJECT: that is the server's project, in all jobs.
        variables.put("HEADRACE_SUBPROJECT", Text.of(name.text(), name.mark()));
        variables.put("HEADRACE_SUBPROJECT_PATH", Text.of(path.text(), path.mark()));
        variables.putAll(job.environment());
        var folder = Text.of(path.text(), path.mark());
        var kept =
                last != null && last.has("artifacts") && job.artifacts().isEmpty()
                        ? reader.artifacts(texts).artifacts(last, name.text())
                        : job.artifacts();
        jobs.add(
                job.ofProject(
                        Text.of(stageOf.getOrDefault(phase.text(), ""), phase.mark()),
                        job.terms().of(name.text(), phase.text()),
                        variables,
                        kept,
                        job.steps().stream()
                                .map(step ->
                                        step.workingDirectory() == null ? step.in(folder) : step)
                                .toList()));
    }

    private void checkNeeds(Report report) {
        var names = projects.stream().map(ProjectDefinition::name).distinct().toList();
        for (var project : projects) {
            for (var other : project.dependsOn()) {
                if (!names.contains(other)) {
                    report.in("project '%s'".formatted(project.name()))
                            .error(
                                    ProblemCode.UNKNOWN_PROJECT,
                                    project.mark(),
                                    "there is no project '%s'".formatted(Values.shown(other)),
                                    Spelling.suggestion(other, names, "projects"));
                }
            }
        }
    }

    private static YamlNode.@Nullable Scalar text(Fields fields, String key) {
        var field = fields.require(key, "add '%s'".formatted(key));
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (scalar == null) {
            return null;
        }
        var shape = fields.key(key).shape().alternative(Shape.Text.class).orElseThrow();
        if (!shape.matches(scalar.text())) {
            fields.report()
                    .error(
                            key.equals("path") ? ProblemCode.BAD_PATH : ProblemCode.BAD_NAME,
                            scalar.mark(),
                            "'%s' must be %s, but it is '%s'"
                                    .formatted(key, shape.words(), Values.shown(scalar.text())),
                            shape.rule());
        }
        return scalar;
    }

    private static List<String> texts(Fields fields, String key) {
        var field = fields.get(key);
        boolean empty =
                field != null
                        && field.value() instanceof YamlNode.Sequence(var items, _)
                        && items.isEmpty();
        return field == null || empty
                ? List.of()
                : Values.scalars(field, fields.report()).stream()
                        .map(YamlNode.Scalar::text)
                        .toList();
    }
}
