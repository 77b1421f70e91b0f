package io.headrace.language.schema;

import static io.headrace.language.schema.Shape.choice;
import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.number;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.seconds;
import static io.headrace.language.schema.Shape.table;

import java.util.regex.Pattern;

/** The keys at the top of a file (model 5.1). */
final class PipelineKeys {

    private static final Shape EVENT = choice("push", "tag", "pull_request", "manual", "api");

    static final Level LEVEL =
            Level.of(
                    "pipeline",
                    "A file: what starts runs, and what they do.",
                    Names.PIPELINE,
                    Key.of("name", Names.TITLE, "Names the pipeline.", "name: shop")
                            .otherwise("the project's name, with a warning"),
                    Key.of(
                                    "on",
                                    either(
                                            EVENT,
                                            Shape.list(either(EVENT, table(CommonKeys.EVENTS))),
                                            table(CommonKeys.EVENTS)),
                                    "What starts runs.",
                                    "on: {push: {branches: main}}")
                            // A parser of YAML 1.1 makes `true` of `on`.
                            .aliases("triggers", "true")
                            .otherwise("every event"),
                    Key.of(
                                    "parameters",
                                    new Shape.MapOf(
                                            "a parameter",
                                            Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,49}"),
                                            "use letters, digits and '_', and no digit at the beginning",
                                            either(
                                                    Names.ANY,
                                                    new Shape.Nothing(),
                                                    table(CommonKeys.PARAMETER)),
                                            1000),
                                    "Values that whoever starts a run may give.",
                                    "parameters: {version: {type: string}}")
                            .aliases("inputs"),
                    Key.of(
                                    "global_env",
                                    Names.ENVIRONMENT,
                                    "Variables of every job.",
                                    "global_env: {LEVEL: high}")
                            .aliases("environment", "env"),
                    Key.of(
                                    "env_file",
                                    Names.PATH,
                                    "A file of the repository with more of them, one `NAME=value` a line.",
                                    "env_file: .ci-env")
                            .aliases("envFile"),
                    Key.of(
                            "extends",
                            oneOrMore(either(Names.PATH, table(ProjectKeys.FILE))),
                            "A file whose keys are taken where this one has none.",
                            "extends: ci/base.yml"),
                    Key.of(
                            "include",
                            oneOrMore(either(Names.PATH, table(ProjectKeys.FILE))),
                            "Files whose jobs, parameters and variables are added.",
                            "include: [ci/lint.yml]"),
                    Key.of(
                            "stages",
                            oneOrMore(Shape.text("a stage")),
                            "Jobs of a stage wait for those of the one before.",
                            "stages: [build, test]"),
                    Key.of(
                                    "phases",
                                    Shape.list(either(Names.JOB, table(ProjectKeys.GROUP))),
                                    "Phases of projects, in groups that run one after another.",
                                    "phases: [{group: 1, phases: [validate, test]}]")
                            .aliases("phase_groups", "phaseGroups"),
                    Key.of(
                            "projects",
                            new Shape.ListOf(table(ProjectKeys.PROJECT), 0, 100, false),
                            "Parts of the repository, each with a job for each of its phases.",
                            "phases: [test]\nprojects:\n  - {name: api, path: api, phases: {test: [{name: test, run: make}]}}"),
                    Key.of(
                                    "jobs",
                                    new Shape.MapOf(
                                            Names.JOB.words(),
                                            Names.pattern(Names.JOB),
                                            Names.JOB.rule(),
                                            table(JobKeys.LEVEL),
                                            20_000),
                                    "What a run does.",
                                    "jobs:\n  build:\n    steps: [{name: make, run: make}]")
                            .otherwise("required, unless `projects` or `generate` make some"),
                    Key.of(
                            "generate",
                            either(oneOrMore(Names.COMMAND), table(ProjectKeys.GENERATE)),
                            "A script that writes the rest of the pipeline to the file"
                                    + " `$HEADRACE_PIPELINE` when a run begins.",
                            "generate: ./generate > \"$HEADRACE_PIPELINE\""),
                    Key.of(
                            "matrix",
                            table(CommonKeys.MATRIX),
                            "The matrix of every job without one of its own.",
                            "matrix: {java: [21, 25]}"),
                    Key.of(
                                    "timeout",
                                    seconds(1, 86_400),
                                    "Longest time of a whole run.",
                                    "timeout: 600")
                            .standard("7200"),
                    Key.of(
                                    "retry_policy",
                                    table(CommonKeys.RETRY_POLICY),
                                    "How jobs are tried again after failures that are not their own.",
                                    "retry_policy: {max_attempts: 3}")
                            .otherwise("the server's"),
                    Key.of(
                                    "fail_fast",
                                    Names.TRUTH,
                                    "Whether the first failed job cancels all others.",
                                    "fail_fast: true")
                            .otherwise("`false`; `true` with `phases`"),
                    Key.of(
                                    "mode",
                                    choice("parallel", "serial", "batch"),
                                    "How many jobs run at a time: all that can, one, or `batch_size`.",
                                    "mode: serial")
                            .standard("parallel"),
                    Key.of(
                                    "batch_size",
                                    number(1, 1000),
                                    "How many jobs are in a batch.",
                                    "mode: batch\nbatch_size: 4")
                            .standard("4"),
                    Key.of(
                                    "executor",
                                    either(Names.LABEL, table(CommonKeys.EXECUTOR)),
                                    "The executor of every job without one of its own.",
                                    "executor: process")
                            .otherwise("by image"),
                    Key.of(
                            "concurrency",
                            either(Names.TEMPLATE, table(CommonKeys.CONCURRENCY)),
                            "The group of runs that this one belongs to, and what happens when another of them is not over.",
                            "concurrency: deploy-${{ branch }}"),
                    Key.of(
                                    "affinity",
                                    choice("none", "prefer", "require"),
                                    "Whether all jobs of a run go to one worker.",
                                    "affinity: none")
                            .aliases("same_worker")
                            .standard("none"),
                    Key.of(
                            "artifacts",
                            table(CommonKeys.ARTIFACTS),
                            "Settings for the artifacts of all jobs.",
                            "artifacts: {retention: 14}"),
                    Key.of(
                                    "retention",
                                    either(Shape.days(), table(CommonKeys.RETENTION)),
                                    "How long artifacts are kept.",
                                    "retention: {days: 14}")
                            .otherwise("the server's"),
                    Key.of(
                                    "caches",
                                    oneOrMore(table(JobKeys.CACHE)),
                                    "The caches of every job without its own.",
                                    "caches: [{key: maven, paths: [.m2]}]")
                            .aliases("cache")
                            .carried(),
                    Key.of(
                                    "image_build",
                                    table(ReleaseKeys.IMAGE_BUILD),
                                    "An image that is built for the jobs.",
                                    "image_build: {requirements: requirements.txt}")
                            .blocks(),
                    Key.of(
                                    "manifest",
                                    table(ReleaseKeys.MANIFEST),
                                    "Combinations of fragments to build and test.",
                                    "manifest: {manifest_id: web, fragments: {core: 0.1.0}}")
                            .blocks(),
                    Key.of(
                                    "release",
                                    table(ReleaseKeys.RELEASE),
                                    "What is published when the jobs have succeeded.",
                                    "release: {version: \"${{ tag }}\"}")
                            .blocks(),
                    Key.of(
                                    "deployment",
                                    table(DeploymentKeys.LEVEL),
                                    "How a version gets to where it runs.",
                                    "deployment: {environment: staging, version: \"1\", targets: [{name: one}]}")
                            .blocks(),
                    Key.of(
                                    "notifications",
                                    CommonKeys.NOTIFY,
                                    "Whom to tell about runs.",
                                    "notifications: [{email: team@example.org, on: failure}]")
                            .carried(),
                    Key.of(
                                    "priority",
                                    either(number(0, 1000), choice("normal", "urgent")),
                                    "Higher first; `urgent` is 50.",
                                    "priority: 7")
                            .otherwise("by event"));

    private PipelineKeys() {}
}
