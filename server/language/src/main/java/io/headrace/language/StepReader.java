package io.headrace.language;

import io.headrace.language.PipelineVocabulary.Place;
import io.headrace.language.expression.Template;
import io.headrace.language.schema.Key;
import io.headrace.language.schema.Schema;
import io.headrace.language.schema.Shape;
import io.headrace.language.shell.ShellHabits;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a job. */
final class StepReader {

    private static final int MAX_NAME = 200;

    private final Texts texts;
    private final Limits limits;

    StepReader(Texts texts, Limits limits) {
        this.texts = texts;
        this.limits = limits;
    }

    /** Reads {@code steps}; empty after reporting. */
    List<StepDefinition> read(Fields job) {
        var field = job.require("steps", "add 'steps' with at least one '- run: command'");
        if (field == null) {
            return List.of();
        }
        if (!(field.value() instanceof YamlNode.Sequence(var items, _))) {
            Values.wrongType(field, "a list of steps", job.report());
            return List.of();
        }
        if (items.isEmpty()) {
            job.report()
                    .error(
                            ProblemCode.EMPTY,
                            field.mark(),
                            "'steps' is empty",
                            "add at least one step, such as '- run: make'");
        }
        var steps = new ArrayList<StepDefinition>();
        var names = new HashMap<String, Mark>();
        for (int i = 0; i < items.size(); i++) {
            var step = step(items.get(i), i + 1, job.report());
            if (step != null) {
                checkUnique(step, names, job.report());
                steps.add(step);
            }
        }
        return List.copyOf(steps);
    }

    private @Nullable StepDefinition step(YamlNode item, int number, Report report) {
        if (!(item instanceof YamlNode.Mapping map)) {
            boolean command = item instanceof YamlNode.Scalar scalar && !scalar.isNull();
            report.error(
                    command ? ProblemCode.WRONG_TYPE : ProblemCode.EMPTY,
                    item.mark(),
                    "step %d must be a map, but it is %s".formatted(number, item.kind()),
                    command ? "write '- run: ' before the command" : "write '- run: command'");
            return null;
        }
        var in = report.inStep(nameOf(map, number));
        var fields = new Fields(map, map.mark(), Schema.STEP, in);
        var commands = commands(fields);
        var action = action(fields);
        if (!fields.has("script") && !fields.has("uses")) {
            in.error(
                    ProblemCode.MISSING_KEY,
                    map.mark(),
                    "the step does nothing",
                    "add 'run: command' or 'uses: action'");
        } else if (fields.has("script") && fields.has("uses")) {
            var uses = fields.all("uses").getFirst();
            in.error(
                    ProblemCode.BAD_VALUE,
                    uses.mark(),
                    "a step has commands or an action, and this one has both",
                    "keep one of the two");
        } else if (fields.has("with") && !fields.has("uses")) {
            in.error(
                    ProblemCode.BAD_VALUE,
                    fields.all("with").getFirst().mark(),
                    "'with' gives inputs to an action, and this step has none",
                    "use 'environment', or add 'uses: action'");
        }
        var limit = Values.seconds(fields, "timeout", limits.stepTime(), "pipeline.max-step-time");
        var standard = Duration.ofSeconds(Values.standard(fields, "timeout"));
        return new StepDefinition(
                name(fields, map.mark(), number),
                commands,
                action,
                inputs(fields),
                texts.environment(fields, "environment", Place.VALUE_OF_STEP),
                Paths.directory(fields, "working_directory", texts),
                limit == null ? standard : limit,
                Values.integer(fields, "retry_count"),
                Values.bool(fields, "retry_on_timeout"),
                Values.bool(fields, "continue_on_failure"),
                texts.condition(fields),
                map.mark(),
                image(fields),
                isolate(fields));
    }

    private @Nullable Text image(Fields fields) {
        var field = fields.get("image");
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (scalar == null) {
            return null;
        }
        var image = texts.value(scalar, fields.report());
        ImageReader.check(image, fields.report());
        return image;
    }

    private static boolean isolate(Fields fields) {
        boolean isolate = Values.bool(fields, "isolate");
        if (isolate) {
            fields.notYet("isolate");
        }
        return isolate;
    }

    private static String nameOf(YamlNode.Mapping map, int number) {
        return map.entries().stream()
                .filter(entry -> entry.key().text().equals("name"))
                .map(YamlNode.Entry::value)
                .filter(value -> value instanceof YamlNode.Scalar scalar && !scalar.isNull())
                .map(value -> Values.shown(((YamlNode.Scalar) value).text()))
                .findFirst()
                .orElse("step-" + number);
    }

    private Text name(Fields fields, Mark mark, int number) {
        var field = fields.get("name");
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (scalar != null && !scalar.text().isBlank()) {
            if (scalar.text().length() > MAX_NAME) {
                fields.report()
                        .error(
                                ProblemCode.BAD_NAME,
                                scalar.mark(),
                                "the name is longer than %d characters".formatted(MAX_NAME),
                                "shorten it");
            }
            return texts.value(scalar, fields.report());
        }
        if (scalar != null) {
            fields.report()
                    .error(
                            ProblemCode.BAD_NAME,
                            scalar.mark(),
                            "the name is blank",
                            "write a name, or remove the key");
        } else if (field == null) {
            fields.report()
                    .complain(
                            limits.strict(),
                            ProblemCode.NO_NAME,
                            mark,
                            limits.strict()
                                    ? "step %d has no name, and in strict mode it needs one"
                                            .formatted(number)
                                    : "the step has no name and is called 'step-%d'"
                                            .formatted(number),
                            "add 'name'");
        }
        var generated = new YamlNode.Scalar("step-" + number, YamlNode.Style.DOUBLE_QUOTED, mark);
        return new Text(Template.parse(generated.text(), new ArrayList<>()), generated);
    }

    private static void checkUnique(StepDefinition step, Map<String, Mark> names, Report report) {
        var earlier = names.putIfAbsent(step.name().value(), step.name().mark());
        if (earlier != null) {
            report.error(
                    ProblemCode.DUPLICATE_NAME,
                    step.name().mark(),
                    "two steps are called '%s'; the first is on line %d"
                            .formatted(Values.shown(step.name().value()), earlier.line()),
                    "rename one of them");
        }
    }

    private List<Text> commands(Fields fields) {
        var field = fields.get("script");
        if (field == null) {
            return List.of();
        }
        var commands = new ArrayList<Text>();
        for (var scalar : Values.scalars(field, fields.report())) {
            if (scalar.text().isBlank()) {
                fields.report()
                        .error(
                                ProblemCode.EMPTY,
                                scalar.mark(),
                                "the command is blank",
                                "write a command, or remove it");
            }
            commands.add(texts.command(scalar, fields.report()));
            warnOfHabits(scalar, fields.report());
        }
        if (field.value() instanceof YamlNode.Sequence(var items, _) && items.isEmpty()) {
            fields.report()
                    .error(
                            ProblemCode.EMPTY,
                            field.mark(),
                            "'%s' is empty".formatted(field.name()),
                            "write at least one command");
        }
        return List.copyOf(commands);
    }

    private static void warnOfHabits(YamlNode.Scalar command, Report report) {
        for (var found : ShellHabits.in(command.text())) {
            var mark = report.within(command, found.offset(), found.length());
            var what = Values.shown(found.what());
            switch (found.habit()) {
                case EVALUATED ->
                        report.warning(
                                ProblemCode.EVALUATED_VALUE,
                                mark,
                                "the value of '%s', which comes from outside, is run as a command"
                                        .formatted(what),
                                "run the command itself and give it \"%s\", in double quotes"
                                        .formatted(what));
                case DOWNLOADED ->
                        report.warning(
                                ProblemCode.DOWNLOAD_RUN,
                                mark,
                                "what '%s' downloads is run as it comes".formatted(what),
                                "download it to a file, compare its checksum with sha256sum -c, and"
                                        + " run the file");
                case UNQUOTED ->
                        report.warning(
                                ProblemCode.UNQUOTED_VALUE,
                                mark,
                                "the value of '%s', which comes from outside, is split into words"
                                                .formatted(what)
                                        + " and names of files",
                                "write it in double quotes, such as \"%s\"".formatted(what));
            }
        }
    }

    private static @Nullable String action(Fields fields) {
        var field = fields.get("uses");
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (scalar == null) {
            return null;
        }
        var name = scalar.text();
        var shape = fields.key("uses").shape().alternative(Shape.Text.class).orElseThrow();
        if (!shape.matches(name)) {
            fields.report()
                    .error(
                            ProblemCode.BAD_NAME,
                            scalar.mark(),
                            "'%s' is no name of an action".formatted(Values.shown(name)),
                            shape.rule());
        } else if (name.contains("://") || name.contains("@")) {
            fields.report()
                    .notYet(Key.Support.BLOCKS, scalar.mark(), "uses: " + Values.shown(name));
        }
        return name;
    }

    private Map<String, Text> inputs(Fields fields) {
        var field = fields.get("with");
        if (field == null || Texts.isNothing(field.value())) {
            return Map.of();
        }
        var map = Values.map(field, fields.report());
        return map == null ? Map.of() : texts.inputs(map, fields.report());
    }
}
