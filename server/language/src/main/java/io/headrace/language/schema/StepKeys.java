package io.headrace.language.schema;

import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.number;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.seconds;

/** The keys of a step (model 5.3). */
final class StepKeys {

    static final Level LEVEL =
            Level.of(
                    "step",
                    "Commands or an action of a job, run one after another.",
                    Names.IN_STEP,
                    Key.of(
                                    "name",
                                    Names.TITLE_WITH_VALUES,
                                    "Names the step; unique in its job.",
                                    "name: test")
                            .otherwise("`step-1`, …, with a warning"),
                    Key.of(
                                    "script",
                                    oneOrMore(Names.COMMAND),
                                    "Shell commands; this or `uses`.",
                                    "script:\n  - ./configure\n  - make")
                            .aliases("run", "command"),
                    Key.of(
                                    "uses",
                                    Shape.text(
                                            "an action",
                                            "(?:(?:docker|grpc)://[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}"
                                                    + "|[A-Za-z0-9][A-Za-z0-9._/-]{0,99}(?:@[A-Za-z0-9][A-Za-z0-9._+-]{0,49})?)",
                                            "use letters, digits, '-', '_', '.' and '/'"),
                                    "An action of a plugin, by name; this or `script`.",
                                    "uses: junit")
                            .aliases("action", "plugin"),
                    Key.of(
                            "with",
                            Names.INPUTS,
                            "Inputs of the action.",
                            "uses: junit\nwith:\n  files: build/*.xml"),
                    Key.of(
                                    "environment",
                                    Names.ENVIRONMENT,
                                    "Variables of the step, over those of the job.",
                                    "environment:\n  LEVEL: high")
                            .aliases("env"),
                    Key.of(
                                    "working_directory",
                                    Shape.template("a path"),
                                    "Where commands run: a path in the workspace, or an absolute"
                                            + " one in a container.",
                                    "working_directory: web")
                            .aliases("working-directory")
                            .otherwise("the workspace"),
                    Key.of("timeout", seconds(1, 1800), "Longest time of one try.", "timeout: 300")
                            .aliases("timeout_seconds", "TimeoutSeconds")
                            .standard("1800"),
                    Key.of(
                                    "retry_count",
                                    number(0, 3),
                                    "Further tries after a failure.",
                                    "retry_count: 2")
                            .standard("0"),
                    Key.of(
                                    "retry_on_timeout",
                                    Names.TRUTH,
                                    "Whether tries also follow a time-out.",
                                    "retry_on_timeout: true")
                            .standard("false"),
                    Key.of(
                                    "continue_on_failure",
                                    Names.TRUTH,
                                    "Whether the job goes on although this step failed.",
                                    "continue_on_failure: true")
                            .standard("false"),
                    Key.of(
                                    "if",
                                    either(Names.CONDITION, Names.TRUTH),
                                    "A condition; false skips the step.",
                                    "if: branch == \"main\"")
                            .aliases("when", "conditional"),
                    Key.of(
                                    "image",
                                    Names.IMAGE,
                                    "Image of a container for this step alone.",
                                    "image: node:22")
                            .otherwise("the job's")
                            .blocks(),
                    Key.of(
                                    "isolate",
                                    Names.TRUTH,
                                    "Whether the step gets a container of its own.",
                                    "isolate: true")
                            .standard("false")
                            .blocks());

    private StepKeys() {}
}
