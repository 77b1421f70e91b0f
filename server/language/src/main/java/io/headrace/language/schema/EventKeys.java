package io.headrace.language.schema;

import static io.headrace.language.schema.Names.under;
import static io.headrace.language.schema.Names.with;
import static io.headrace.language.schema.Shape.choice;
import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.table;

import java.util.regex.Pattern;

/** The keys of {@code on}. */
final class EventKeys {

    private static final Shape.Text GLOB =
            new Shape.Text(
                    "a filter",
                    Pattern.compile(".*\\S.*"),
                    "write a name, with '*' for any characters, such as release/*",
                    200,
                    Shape.Use.FIXED);

    private static final Key BRANCHES =
            Key.of("branches", oneOrMore(GLOB), "Branches, as globs.", "branches: [main]");
    private static final Key TAGS = Key.of("tags", oneOrMore(GLOB), "Tags, as globs.", "tags: v*");
    private static final Key PATHS =
            Key.of(
                    "paths",
                    oneOrMore(GLOB),
                    "Changed files, as globs; where none matches, all jobs are skipped.",
                    "paths: [src/**]");

    static final Level PUSH =
            Level.of(
                    "push", "Which pushes start runs.", under("on:\npush:"), BRANCHES, TAGS, PATHS);
    static final Level TAG = Level.of("tag", "Which tags start runs.", under("on:\ntag:"), TAGS);
    static final Level PULL_REQUEST =
            Level.of(
                    "pull_request",
                    "Which pull requests start runs.",
                    under("on:\npull_request:"),
                    BRANCHES,
                    PATHS);
    static final Level NO_FILTER =
            Level.of("manual", "What people and programs start.", under("on:\nmanual:"));
    static final Level SCHEDULE =
            Level.of(
                    "schedule",
                    "When runs start by themselves.",
                    under("on:\nschedule:", with("cron", "cron: \"0 4 * * *\"")),
                    Key.of(
                                    "cron",
                                    Shape.text(
                                            "five fields of a cron line",
                                            "[0-9A-Za-z*,/?#-]+(?: +[0-9A-Za-z*,/?#-]+){4}",
                                            "write five fields: minute, hour, day, month, weekday"),
                                    "Minute, hour, day of the month, month, day of the week.",
                                    "cron: \"30 4 * * 1-5\"")
                            .needed(),
                    Key.of(
                                    "timezone",
                                    Shape.text(
                                            "a time zone",
                                            "[A-Za-z0-9_+/-]{1,60}",
                                            "write a name such as Europe/Berlin"),
                                    "The zone of these times.",
                                    "timezone: Europe/Berlin")
                            .standard("UTC"),
                    Key.of("branch", Names.ANY, "The branch to run.", "branch: main")
                            .otherwise("the project's"));
    static final Level UPSTREAM =
            Level.of(
                    "upstream",
                    "Which runs of other projects start runs of this one.",
                    under("on:\nupstream:", with("projects", "projects: [library]")),
                    Key.of(
                                    "projects",
                                    oneOrMore(Names.LABEL),
                                    "Names of projects.",
                                    "projects: [library]")
                            .aliases("project")
                            .needed(),
                    Key.of(
                                    "when",
                                    choice("success", "failure", "always"),
                                    "After which outcomes.",
                                    "when: always")
                            .standard("success"),
                    BRANCHES);

    private static final Shape.Nothing NOTHING = new Shape.Nothing();

    static final Level EVENTS =
            Level.of(
                    "events",
                    "What starts runs.",
                    under("on:"),
                    Key.of(
                            "push",
                            either(NOTHING, table(PUSH)),
                            "Commits are pushed.",
                            "push: {branches: main}"),
                    Key.of(
                            "tag",
                            either(NOTHING, table(TAG)),
                            "A tag is pushed.",
                            "tag: {tags: v*}"),
                    Key.of(
                            "pull_request",
                            either(NOTHING, table(PULL_REQUEST)),
                            "A pull request is opened or changed.",
                            "pull_request: {branches: main}"),
                    Key.of(
                            "manual",
                            either(NOTHING, table(NO_FILTER)),
                            "Somebody starts a run; always possible.",
                            "manual:"),
                    Key.of(
                            "api",
                            either(NOTHING, table(NO_FILTER)),
                            "A program starts a run; always possible.",
                            "api:"),
                    Key.of(
                                    "schedule",
                                    oneOrMore(
                                            either(
                                                    SCHEDULE.keys().getFirst().shape(),
                                                    table(SCHEDULE))),
                                    "A time has come.",
                                    "schedule: \"0 4 * * *\"")
                            .carried(),
                    Key.of(
                                    "upstream",
                                    either(oneOrMore(Names.LABEL), table(UPSTREAM)),
                                    "A run of another project is over.",
                                    "upstream: library")
                            .carried());

    private EventKeys() {}
}
