package io.headrace.language.schema;

import static io.headrace.language.schema.Names.under;
import static io.headrace.language.schema.Names.with;
import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.list;
import static io.headrace.language.schema.Shape.number;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.table;

/** The keys of phases and projects, and of what makes other files part of a pipeline. */
final class ProjectKeys {

    /** Steps alone, or a job. */
    private static final Shape WORK = either(list(table(StepKeys.LEVEL)), table(JobKeys.LEVEL));

    private static final Shape.MapOf WORK_BY_PHASE =
            new Shape.MapOf(
                    "a phase",
                    Names.pattern(Names.JOB),
                    Names.JOB.rule(),
                    either(new Shape.Nothing(), WORK),
                    100);

    static final Level GROUP =
            Level.of(
                    "phase group",
                    "Phases that run together.",
                    under(
                            "phases:\n- x-group: 1",
                            with("group", "group: 1"),
                            with("phases", "phases: [test]")),
                    Key.of(
                                    "group",
                                    number(0, 1000),
                                    "Groups run in the order of their numbers.",
                                    "group: 2")
                            .otherwise("its place in the list, from 1"),
                    Key.of(
                                    "phases",
                                    either(oneOrMore(Names.JOB), WORK_BY_PHASE),
                                    "Names, or names with what each project does in them.",
                                    "phases: [validate, test]")
                            .needed());

    static final Level PROJECT =
            Level.of(
                    "project",
                    "A part of the repository with work of its own.",
                    under(
                            "phases: [{group: 1, phases: {test: [{name: make, run: make}]}}]\nprojects:\n- x-project: 1",
                            with("name", "name: api"),
                            with("path", "path: services/api"),
                            with("phases", "phases: [test]")),
                    Key.of("name", Names.JOB, "Unique in the pipeline.", "name: web").needed(),
                    Key.of(
                                    "path",
                                    Names.PATH,
                                    "Its folder; a change in it affects the project.",
                                    "path: services/web")
                            .needed(),
                    Key.of(
                            "paths",
                            oneOrMore(Shape.text("a glob")),
                            "Globs of other files whose change affects it.",
                            "paths: [libs/common/**]"),
                    Key.of(
                                    "depends_on",
                                    oneOrMore(Names.JOB),
                                    "Projects whose change affects it.",
                                    "depends_on: []")
                            .aliases("needs"),
                    Key.of(
                                    "phases",
                                    either(oneOrMore(Names.JOB), WORK_BY_PHASE),
                                    "The phases that it takes part in, with its own steps or jobs.",
                                    "phases: {test: [{name: test, run: make test}]}")
                            .needed(),
                    Key.of(
                            "artifacts",
                            JobKeys.KEPT,
                            "Kept by its job in the last of its phases.",
                            "artifacts: [services/api/build/*.jar]"));

    static final Level FILE =
            Level.of(
                    "file",
                    "A file of another repository.",
                    under(
                            "include:\n- x-file: 1",
                            with("repository", "repository: shared"),
                            with("path", "path: ci/lint.yml")),
                    Key.of(
                                    "repository",
                                    Names.LABEL,
                                    "A repository that the server allows, by its name there.",
                                    "repository: shared")
                            .needed(),
                    Key.of(
                                    "path",
                                    Names.PATH,
                                    "The file, from the repository's root.",
                                    "path: ci/base.yml")
                            .needed());

    static final Level GENERATE =
            Level.of(
                    "generate",
                    "A script that prints the rest of the pipeline.",
                    under("generate:", with("script", "script: ./generate")),
                    Key.of(
                                    "script",
                                    oneOrMore(Names.COMMAND),
                                    "Commands; what they print is read as a pipeline file.",
                                    "script: ./generate")
                            .aliases("run", "command")
                            .needed(),
                    Key.of(
                            "image",
                            Names.IMAGE,
                            "Image that they run in.",
                            "image: python:3.13-slim"),
                    Key.of("timeout", Shape.seconds(1, 3600), "Longest time.", "timeout: 60")
                            .standard("300"));

    private ProjectKeys() {}
}
