package io.headrace.language.schema;

import static io.headrace.language.schema.Names.under;
import static io.headrace.language.schema.Names.underJob;
import static io.headrace.language.schema.Names.with;
import static io.headrace.language.schema.Shape.choice;
import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.list;
import static io.headrace.language.schema.Shape.number;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.seconds;
import static io.headrace.language.schema.Shape.table;

import java.util.regex.Pattern;

/** Levels that stand under keys of pipelines and of jobs. */
final class CommonKeys {

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

    static final Level PARAMETER =
            Level.of(
                    "parameter",
                    "A value that whoever starts a run may give.",
                    under("parameters:\nversion:"),
                    Key.of(
                                    "type",
                                    choice("string", "number", "boolean"),
                                    "What a value may be.",
                                    "type: number")
                            .standard("string"),
                    Key.of(
                            "default",
                            Names.ANY,
                            "Taken where no value is given.",
                            "default: \"1.0\""),
                    Key.of(
                                    "required",
                                    Names.TRUTH,
                                    "Whether a run without a value is refused.",
                                    "required: true\ndefault: \"1\"")
                            .standard("false"),
                    Key.of(
                            "pattern",
                            Shape.text("a regular expression"),
                            "A regular expression that the whole value must match.",
                            "pattern: \"[0-9.]+\""),
                    Key.of(
                                    "choices",
                                    oneOrMore(Names.ANY),
                                    "The only values allowed.",
                                    "choices: [small, large]")
                            .aliases("options")
                            .otherwise("any"),
                    Key.of(
                            "description",
                            Names.ANY,
                            "Says what it is for.",
                            "description: What to build"));

    private static final Shape.MapOf COMBINATION =
            new Shape.MapOf(
                    "an axis",
                    Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,49}"),
                    "use letters, digits, '_' and '-', and a letter at the beginning",
                    Shape.text("a value"),
                    50);

    static final Level MATRIX =
            Level.of(
                            "matrix",
                            "Axes, each with its values.",
                            underJob("matrix:", with("java", "java: [21, 25]")),
                            Key.of(
                                    "include",
                                    new Shape.ListOf(COMBINATION, 0, 500, false),
                                    "Adds values to combinations, or combinations.",
                                    "include: [{java: 25, coverage: true}]"),
                            Key.of(
                                    "exclude",
                                    new Shape.ListOf(COMBINATION, 0, 500, false),
                                    "Leaves combinations out.",
                                    "exclude: [{java: 21}]"),
                            Key.of("max", number(1, 256), "Most combinations allowed.", "max: 100")
                                    .standard("50"))
                    .others(
                            new Shape.MapOf(
                                    COMBINATION.words(),
                                    COMBINATION.name(),
                                    COMBINATION.rule(),
                                    oneOrMore(Shape.text("a value")),
                                    50));

    static final Level EXECUTOR =
            Level.of(
                            "executor",
                            "A plugin that runs jobs, with its settings.",
                            underJob("executor:", with("type", "type: docker")),
                            Key.of("type", Names.LABEL, "The plugin.", "type: docker").needed())
                    .others(Names.FREE);

    static final Level RETENTION =
            Level.of(
                    "retention",
                    "How long artifacts are kept.",
                    under("retention:"),
                    Key.of("days", Shape.days(), "Days to keep them.", "days: 30")
                            .otherwise("the server's"),
                    Key.of(
                                    "grace",
                                    number(0, 8760),
                                    "Hours between the end of that time and their removal.",
                                    "grace: 24")
                            .standard("0")
                            .carried(),
                    Key.of("permanent", Names.TRUTH, "Keeps them for ever.", "permanent: true")
                            .standard("false")
                            .carried());

    static final Level CONCURRENCY =
            Level.of(
                    "concurrency",
                    "Runs of one group take turns.",
                    under("concurrency:", with("group", "group: deploy")),
                    Key.of("group", Names.TEMPLATE, "Its name.", "group: \"deploy-${{ branch }}\"")
                            .needed(),
                    Key.of(
                                    "limit",
                                    number(1, 1000),
                                    "How many runs of the group may go on at a time.",
                                    "limit: 2")
                            .standard("1"),
                    Key.of(
                                    "when_busy",
                                    choice("wait", "cancel_waiting", "cancel_running"),
                                    "What a new run does: wait for its turn, cancel older ones that wait, or all older ones.",
                                    "when_busy: cancel_running")
                            .standard("wait"),
                    Key.of(
                                    "scope",
                                    choice("project", "server"),
                                    "Whether the group is the project's own, or shared by all projects of the server.",
                                    "scope: server")
                            .standard("project"));

    static final Level RETRY_POLICY =
            Level.of(
                    "retry_policy",
                    "How jobs are tried again after failures that are not their own.",
                    under("retry_policy:"),
                    Key.of(
                                    "max_attempts",
                                    number(1, 10),
                                    "Attempts, the first included.",
                                    "max_attempts: 3")
                            .standard("1"),
                    Key.of(
                                    "base_delay",
                                    seconds(1, 3600),
                                    "Wait before the second attempt.",
                                    "base_delay: 10")
                            .standard("5"),
                    Key.of("max_delay", seconds(1, 3600), "Longest wait.", "max_delay: 300")
                            .standard("120"),
                    Key.of(
                                    "multiplier",
                                    new Shape.Decimal(1, 10),
                                    "By how much each wait is longer than the one before.",
                                    "multiplier: 1.5")
                            .standard("2"),
                    Key.of("jitter", Names.TRUTH, "Whether waits vary by chance.", "jitter: false")
                            .standard("true"),
                    Key.of(
                                    "total_time",
                                    seconds(1, 86_400),
                                    "No attempt begins after that time.",
                                    "total_time: 3600")
                            .standard("1800"),
                    Key.of(
                                    "retry_on",
                                    oneOrMore(
                                            choice(
                                                    "transient_infrastructure",
                                                    "transient_dependencies",
                                                    "resource_exhaustion",
                                                    "permanent_code_issues",
                                                    "configuration_errors")),
                                    "Classes of failures.",
                                    "retry_on: [transient_infrastructure]")
                            .standard(
                                    "[transient_infrastructure, transient_dependencies,"
                                            + " resource_exhaustion]"));

    static final Level ARTIFACTS =
            Level.of(
                    "artifacts",
                    "Settings for the artifacts of all jobs.",
                    under("artifacts:"),
                    Key.of(
                                    "retention",
                                    either(Shape.days(), table(RETENTION)),
                                    "How long they are kept.",
                                    "retention: 30")
                            .aliases("retention_days")
                            .otherwise("the server's"),
                    Key.of(
                                    "compress",
                                    Names.TRUTH,
                                    "Whether they are stored compressed.",
                                    "compress: true")
                            .standard("false")
                            .carried());

    private static final Shape.Text MAIL =
            Shape.text(
                    "an e-mail address",
                    "[^\\s@<>]{1,64}@[^\\s@<>]{1,190}",
                    "write an address such as team@example.org");

    static final Level NOTIFICATION =
            Level.of(
                    "notification",
                    "Somebody to tell.",
                    under(
                            "notifications:\n- x-notification: 1",
                            with("webhook", "webhook: https://example.org/ci")),
                    Key.of(
                                    "webhook",
                                    Names.URL,
                                    "Address that gets a POST.",
                                    "webhook: https://example.org/ci")
                            .aliases("url"),
                    Key.of(
                            "email",
                            oneOrMore(MAIL),
                            "Addresses that get mail.",
                            "email: team@example.org"),
                    Key.of(
                                    "chat",
                                    Names.TEMPLATE,
                                    "Channel that gets a message.",
                                    "chat: \"#builds\"")
                            .aliases("slack", "channel"),
                    Key.of(
                                    "on",
                                    oneOrMore(
                                            choice(
                                                    "success", "failure", "change", "start",
                                                    "always")),
                                    "After which outcomes; `change` is the first after another one.",
                                    "on: [failure, change]")
                            .aliases("when", "true")
                            .standard("[failure, change]"));

    static final Level NOTIFICATIONS =
            Level.of(
                    "notifications",
                    "Whom to tell, by channel.",
                    under("notifications:"),
                    Key.of(
                                    "webhooks",
                                    oneOrMore(Names.URL),
                                    "Addresses that get a POST.",
                                    "webhooks: [https://example.org/ci]")
                            .aliases("webhook", "urls"),
                    Key.of(
                            "email",
                            oneOrMore(MAIL),
                            "Addresses that get mail.",
                            "email: [team@example.org]"),
                    Key.of(
                                    "chat",
                                    oneOrMore(Names.TEMPLATE),
                                    "Channels that get a message.",
                                    "chat: \"#builds\"")
                            .aliases("slack", "channels"),
                    Key.of(
                                    "on",
                                    oneOrMore(
                                            choice(
                                                    "success", "failure", "change", "start",
                                                    "always")),
                                    "After which outcomes.",
                                    "on: failure")
                            .aliases("when", "true")
                            .standard("[failure, change]"));

    static final Shape NOTIFY = either(list(table(NOTIFICATION)), table(NOTIFICATIONS));

    private CommonKeys() {}
}
