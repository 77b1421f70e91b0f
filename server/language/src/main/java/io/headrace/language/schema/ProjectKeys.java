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

    private static final String SCRIPT = "script: ./generate > \"$HEADRACE_PIPELINE\"";

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
                            with("repository", "repository: https://example.org/ci.git"),
                            with("path", "path: ci/lint.yml")),
                    Key.of(
                                    "repository",
                                    Shape.text("text"),
                                    "Address of a repository that the server allows.",
                                    "repository: https://example.org/ci.git")
                            .needed(),
                    Key.of(
                            "ref",
                            Shape.text("text"),
                            "A branch, a tag or a commit; the default branch without it.",
                            "ref: v3"),
                    Key.of(
                                    "path",
                                    Names.PATH,
                                    "The file, from the repository's root.",
                                    "path: ci/base.yml")
                            .needed());

    static final Level GENERATE =
            Level.of(
                    "generate",
                    "The first job of each run, which writes the rest of the pipeline to the file"
                            + " `$HEADRACE_PIPELINE`.",
                    under("generate:", with("script", SCRIPT)),
                    Key.of(
                                    "script",
                                    oneOrMore(Names.COMMAND),
                                    "Commands that write the rest of the pipeline to the file"
                                            + " `$HEADRACE_PIPELINE`; what they print is their log.",
                                    SCRIPT)
                            .aliases("run", "command")
                            .needed(),
                    ofJob("image"),
                    ofJob("runs-on"),
                    ofJob("executor"),
                    ofJob("pool"),
                    ofJob("labels"),
                    ofJob("environment"),
                    ofJob("secrets"),
                    Key.of(
                                    "timeout",
                                    Shape.seconds(1, 3600),
                                    "Longest time of one attempt.",
                                    "timeout: 60")
                            .standard("300"),
                    ofJob("retry_count"),
                    ofJob("checkout"),
                    ofJob("resources"),
                    ofJob("network"));

    /** Returns a key that means the same as in a job. */
    private static Key ofJob(String name) {
        var key = JobKeys.LEVEL.key(name);
        if (key == null) {
            throw new IllegalStateException("a job has no key " + name);
        }
        return key;
    }

    private ProjectKeys() {}
}
