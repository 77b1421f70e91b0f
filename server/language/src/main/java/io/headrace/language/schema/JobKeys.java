package io.headrace.language.schema;

import static io.headrace.language.schema.Names.with;
import static io.headrace.language.schema.Shape.choice;
import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.list;
import static io.headrace.language.schema.Shape.number;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.seconds;
import static io.headrace.language.schema.Shape.table;

import java.util.List;
import java.util.regex.Pattern;

/** The keys of a job (model 5.2). */
final class JobKeys {

    static final Level PLATFORM =
            Level.of(
                    "platform",
                    "The machine that a job needs.",
                    Names.underJob("platform:"),
                    Key.of("os", Names.TEMPLATE, "Operating system, as a label.", "os: linux"),
                    Key.of("arch", Names.TEMPLATE, "Processor, as a label.", "arch: arm64"),
                    Key.of("gpu", Names.TRUTH, "Whether it must have a GPU.", "gpu: true")
                            .standard("false"));

    static final Level RESOURCES =
            Level.of(
                    "resources",
                    "What one attempt of a job may use.",
                    Names.underJob("resources:"),
                    Key.of(
                                    "cpu",
                                    Shape.text(
                                            "a number of cores",
                                            "\\d{1,4}(?:\\.\\d{1,3})?|\\d{1,6}m",
                                            "write a number such as 2 or 0.5"),
                                    "Cores, such as `2`, `0.5` or `500m`.",
                                    "cpu: 2")
                            .aliases("cpus")
                            .standard("1"),
                    Key.of(
                                    "memory",
                                    Shape.text(
                                            "an amount of memory",
                                            "\\d{1,7} ?[a-zA-Z]{1,3}",
                                            "write a number with a unit, such as 512m or 2g"),
                                    "Memory with a unit, at least `4m`.",
                                    "memory: 2g")
                            .standard("512m"),
                    Key.of(
                                    "disk",
                                    Shape.text(
                                            "an amount of disk space",
                                            "\\d{1,7} ?[a-zA-Z]{1,3}",
                                            "write a number with a unit, such as 10g"),
                                    "Disk space with a unit.",
                                    "disk: 10g")
                            .carried(),
                    Key.of("gpu", number(0, 64), "Number of GPUs.", "gpu: 1")
                            .standard("0")
                            .carried());

    static final Level LOCK =
            Level.of(
                    "lock",
                    "A thing that only so many jobs may use at a time.",
                    Names.underJob("locks:\n- x-lock: 1", with("name", "name: example")),
                    Key.of("name", Names.TEMPLATE, "Its name.", "name: database").needed(),
                    Key.of(
                                    "slots",
                                    number(1, 1000),
                                    "How many jobs may have it at a time.",
                                    "slots: 3")
                            .standard("1"),
                    Key.of(
                                    "scope",
                                    choice("project", "server"),
                                    "Whether it is the project's own, or shared by all projects of the server.",
                                    "scope: server")
                            .standard("project"));

    static final Level APPROVAL =
            Level.of(
                    "approval",
                    "A gate that people open before something goes on.",
                    Names.underJob("approval:"),
                    Key.of(
                            "approvers",
                            oneOrMore(Names.LABEL),
                            "Users or roles, any of whom may approve.",
                            "approvers: [release-managers]"),
                    Key.of(
                                    "timeout",
                                    seconds(1, 2_592_000),
                                    "Waits that long, then cancels.",
                                    "timeout: 86400")
                            .standard("86400"));

    static final Level CACHE =
            Level.of(
                    "cache",
                    "Files that are kept from one run to the next.",
                    Names.underJob(
                            "caches:\n- x-cache: 1",
                            with("key", "key: k"),
                            with("paths", "paths: [x]")),
                    Key.of(
                                    "key",
                                    Shape.template("the key of a cache"),
                                    "Names the content; may hold `{{ hashFiles('file') }}`.",
                                    "key: \"maven-{{ hashFiles('pom.xml') }}\"")
                            .needed(),
                    Key.of(
                                    "paths",
                                    oneOrMore(Names.TEMPLATE),
                                    "What is kept, relative to the workspace.",
                                    "paths: [.m2/repository]")
                            .aliases("path")
                            .needed(),
                    Key.of(
                                    "when",
                                    choice("on_success", "always", "on_failure"),
                                    "After which outcomes it is saved.",
                                    "when: always")
                            .standard("on_success"));

    static final Level ARTIFACT =
            Level.of(
                    "artifact",
                    "Files that a job keeps under one name.",
                    Names.underJob("artifacts:\njar:", with("paths", "paths: x")),
                    Key.of(
                                    "paths",
                                    oneOrMore(Names.TEMPLATE),
                                    "Globs relative to the workspace.",
                                    "paths: [build/*.jar]")
                            .aliases("path")
                            .needed(),
                    Key.of(
                                    "when",
                                    choice("on_success", "on_failure", "always"),
                                    "After which outcomes they are kept.",
                                    "when: always")
                            .standard("always"),
                    Key.of(
                                    "retention",
                                    either(Shape.days(), table(CommonKeys.RETENTION)),
                                    "How long they are kept.",
                                    "retention: 30")
                            .aliases("retention_days")
                            .otherwise("the pipeline's"),
                    Key.of(
                                    "compress",
                                    Names.TRUTH,
                                    "Whether they are stored compressed.",
                                    "compress: true")
                            .standard("false")
                            .carried());

    /** The value of {@code artifacts}. */
    static final Shape KEPT =
            either(
                    oneOrMore(Names.TEMPLATE),
                    new Shape.MapOf(
                            "an artifact",
                            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                            "use letters, digits, '-', '_' and '.'",
                            either(oneOrMore(Names.TEMPLATE), table(ARTIFACT)),
                            1000));

    static final Level ARTIFACT_NEED =
            Level.of(
                    "artifact need",
                    "An artifact of an earlier job.",
                    new Level.Frame(
                            """
                            name: example
                            jobs:
                              first:
                                artifacts: {jar: build/*.jar}
                                steps: [{name: make, run: make}]
                              build:
                                needs: first
                                steps: [{name: make, run: make}]
                                artifact_dependencies:
                                  - x-need: 1
                            """,
                            8,
                            List.of(with("artifact", "artifact: jar"))),
                    Key.of("job", Names.ANY, "The job that kept it.", "job: first"),
                    Key.of("artifact", Names.ANY, "Its name, or a glob.", "artifact: j*")
                            .aliases("name", "pattern")
                            .standard("*"),
                    Key.of("directory", Names.TEMPLATE, "Where the files go.", "directory: reports")
                            .aliases("path")
                            .otherwise("the workspace"));

    static final Level LEVEL =
            Level.of(
                    "job",
                    "Steps that run one after another on one machine.",
                    Names.IN_JOB,
                    Key.of(
                                    "steps",
                                    list(table(StepKeys.LEVEL)),
                                    "What the job does.",
                                    "steps:\n  - name: compile\n    run: make")
                            .needed(),
                    Key.of("name", Names.JOB, "Must be equal to the job's key.", "name: build")
                            .otherwise("the key"),
                    Key.of(
                                    "depends_on",
                                    oneOrMore(Shape.text("the name of a job")),
                                    "Jobs that must have succeeded or been skipped before.",
                                    "depends_on: []")
                            .aliases("needs"),
                    Key.of(
                            "stage",
                            Shape.text("a stage"),
                            "One of the pipeline's `stages` or `phases`.",
                            "stage: test"),
                    Key.of(
                                    "if",
                                    either(Names.CONDITION, Names.TRUTH),
                                    "A condition; false skips the job.",
                                    "if: branch == \"main\"")
                            .aliases("when", "conditional"),
                    Key.of(
                            "image",
                            Names.IMAGE,
                            "Image of the container that the steps run in.",
                            "image: maven:3-eclipse-temurin-25"),
                    Key.of(
                                    "runs-on",
                                    Names.TEMPLATE,
                                    "An image if there is a `:` or `/` in it, else a label.",
                                    "runs-on: linux")
                            .aliases("runs_on"),
                    Key.of(
                                    "executor",
                                    either(Names.LABEL, table(CommonKeys.EXECUTOR)),
                                    "Plugin that runs the job.",
                                    "executor: docker")
                            .otherwise("`docker` with an image, else `process`"),
                    Key.of("pool", Names.LABEL, "Workers that may take it.", "pool: big")
                            .standard("default"),
                    Key.of(
                            "labels",
                            oneOrMore(Names.TEMPLATE),
                            "What a worker must have.",
                            "labels: [ssd]"),
                    Key.of(
                            "platform",
                            table(PLATFORM),
                            "The same, as labels in lower case.",
                            "platform: {os: linux, arch: arm64}"),
                    Key.of(
                                    "matrix",
                                    table(CommonKeys.MATRIX),
                                    "Makes one job for each combination of its axes.",
                                    "matrix: {java: [21, 25]}")
                            .otherwise("the pipeline's"),
                    Key.of(
                                    "fail_fast",
                                    Names.TRUTH,
                                    "Whether the first failed variant of the matrix cancels the"
                                            + " others.",
                                    "fail_fast: true")
                            .standard("false")
                            .carried(),
                    Key.of(
                                    "environment",
                                    Names.ENVIRONMENT,
                                    "Variables of all steps.",
                                    "environment:\n  LEVEL: high")
                            .aliases("env"),
                    Key.of(
                            "secrets",
                            oneOrMore(Names.SECRET),
                            "Names of secrets that become variables of the job.",
                            "secrets: [DEPLOY_TOKEN]"),
                    Key.of(
                                    "timeout",
                                    seconds(1, 3600),
                                    "Longest time of one attempt.",
                                    "timeout: 900")
                            .aliases("timeout_seconds", "TimeoutSeconds")
                            .otherwise("60 more than all steps, at most 3600"),
                    Key.of(
                                    "retry_count",
                                    number(0, 5),
                                    "Further attempts after a failure.",
                                    "retry_count: 1")
                            .standard("0"),
                    Key.of(
                                    "retry_on_timeout",
                                    Names.TRUTH,
                                    "Whether attempts also follow a time-out.",
                                    "retry_on_timeout: true")
                            .standard("false"),
                    Key.of(
                                    "retry_policy",
                                    table(CommonKeys.RETRY_POLICY),
                                    "How this job is tried again after failures that are not its own.",
                                    "retry_policy: {max_attempts: 3}")
                            .otherwise("the pipeline's"),
                    Key.of(
                                    "continue_on_failure",
                                    Names.TRUTH,
                                    "Whether the run can succeed although this job failed.",
                                    "continue_on_failure: true")
                            .standard("false"),
                    Key.of(
                                    "checkout",
                                    Names.TRUTH,
                                    "`false` gives an empty workspace.",
                                    "checkout: false")
                            .standard("true"),
                    Key.of("artifacts", KEPT, "Files to keep.", "artifacts: [build/*.jar]"),
                    Key.of(
                            "artifact_dependencies",
                            oneOrMore(either(Names.ANY, table(ARTIFACT_NEED))),
                            "Artifacts of earlier jobs, put into the workspace before the steps.",
                            "artifact_dependencies: []"),
                    Key.of(
                                    "caches",
                                    oneOrMore(table(CACHE)),
                                    "Files kept from one run to the next.",
                                    "caches: [{key: maven, paths: [.m2]}]")
                            .aliases("cache")
                            .otherwise("the pipeline's")
                            .carried(),
                    Key.of(
                                    "locks",
                                    oneOrMore(either(Names.TEMPLATE, table(LOCK))),
                                    "What it must have for itself while it runs: it waits until it has all of them.",
                                    "locks: [database]")
                            .standard("[]"),
                    Key.of(
                                    "resources",
                                    table(RESOURCES),
                                    "What one attempt may use.",
                                    "resources: {cpu: 2, memory: 2g}")
                            .otherwise("`cpu: 1`, `memory: 512m`"),
                    Key.of(
                                    "network",
                                    choice("bridge", "none", "restricted"),
                                    "`none` cuts the job off; `restricted` allows named hosts.",
                                    "network: none")
                            .standard("bridge"),
                    Key.of(
                                    "approval",
                                    either(Names.TRUTH, table(APPROVAL)),
                                    "Waits for somebody's approval before it starts.",
                                    "approval: {approvers: [ops]}")
                            .standard("false")
                            .blocks(),
                    Key.of(
                                    "priority",
                                    either(number(0, 1000), choice("normal", "urgent")),
                                    "Higher first; `urgent` is 50.",
                                    "priority: 7")
                            .otherwise("the pipeline's"),
                    Key.of(
                                    "type",
                                    choice("CI", "DISCOVERY", "ARTIFACT", "RELEASE", "DEPLOYMENT"),
                                    "Which queue it belongs to.",
                                    "type: CI")
                            .standard("CI"));

    private JobKeys() {}
}
