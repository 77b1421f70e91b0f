package io.headrace.language.schema;

import static io.headrace.language.schema.Names.TRUTH;
import static io.headrace.language.schema.Names.under;
import static io.headrace.language.schema.Names.with;
import static io.headrace.language.schema.Shape.choice;
import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.number;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.seconds;
import static io.headrace.language.schema.Shape.table;

import java.util.Arrays;
import java.util.List;

/** The keys of {@code deployment} (model 5.5). */
final class DeploymentKeys {

    private static final Level.Companion[] REQUIRED = {
        with("environment", "environment: staging"),
        with("targets", "targets: [{name: one, url: \"http://one\"}]"),
        new Level.Companion(List.of("version", "artifact"), "version: \"1.0\"")
    };

    private static Level.Frame inside(String key, Level.Companion... companions) {
        var lines =
                Arrays.stream(REQUIRED)
                        .map(Level.Companion::line)
                        .reduce("deployment:", (a, b) -> a + "\n" + b);
        return under(lines + "\n" + key, companions);
    }

    static final Level TARGET =
            Level.of(
                    "target",
                    "Something that runs a version.",
                    under(
                            "deployment:\nenvironment: staging\nversion: \"1.0\"\ntargets:\n- x-target: 1",
                            with("name", "name: one")),
                    Key.of("name", Names.LABEL, "Unique in the deployment.", "name: one").needed(),
                    Key.of("url", Names.URL, "Where it answers.", "url: https://one.example.org"),
                    Key.of(
                            "health_check_url",
                            Names.URL,
                            "Where it tells whether it is well.",
                            "health_check_url: https://one.example.org/health"),
                    Key.of("weight", number(0, 100), "Its share of the traffic.", "weight: 50")
                            .standard("100"),
                    Key.of("metadata", Names.FREE, "For the router.", "metadata: {zone: a}"));

    static final Level HEALTH =
            Level.of(
                    "health",
                    "How targets are asked whether they are well.",
                    inside("health:"),
                    Key.of("endpoint", Names.TEMPLATE, "Path, port or script.", "endpoint: /health")
                            .standard("/health"),
                    Key.of(
                                    "kind",
                                    choice("http", "tcp", "script"),
                                    "How they are asked.",
                                    "kind: tcp")
                            .standard("http"),
                    Key.of(
                                    "timeout",
                                    seconds(1, 86_400),
                                    "Longest time of all attempts.",
                                    "timeout: 600")
                            .standard("300"),
                    Key.of("interval", seconds(1, 3600), "Between two attempts.", "interval: 5")
                            .standard("10"),
                    Key.of(
                                    "success_threshold",
                                    number(1, 100),
                                    "Good answers in a row that are enough.",
                                    "success_threshold: 2")
                            .standard("3"),
                    Key.of(
                                    "failure_threshold",
                                    number(1, 100),
                                    "Bad answers in a row that are too many.",
                                    "failure_threshold: 3")
                            .standard("2"),
                    Key.of(
                                    "expected_status",
                                    number(100, 599),
                                    "Status of a good answer.",
                                    "expected_status: 204")
                            .standard("200"),
                    Key.of(
                            "expected_body",
                            Names.ANY,
                            "Text in a good answer.",
                            "expected_body: ok"),
                    Key.of("max_attempts", number(1, 1000), "Attempts in all.", "max_attempts: 10")
                            .standard("30"));

    static final Level ROLLING =
            Level.of(
                    "rolling",
                    "Replaces targets a few at a time.",
                    inside("rolling:"),
                    Key.of("batch_size", number(1, 1000), "Targets at a time.", "batch_size: 2")
                            .standard("1"),
                    Key.of(
                                    "health_check_timeout",
                                    seconds(1, 86_400),
                                    "Longest wait for a target to be well.",
                                    "health_check_timeout: 120")
                            .standard("300"),
                    Key.of(
                                    "drain_timeout",
                                    seconds(0, 86_400),
                                    "Longest wait for requests to end.",
                                    "drain_timeout: 30")
                            .standard("120"),
                    Key.of(
                                    "rollback_on_failure",
                                    TRUTH,
                                    "Whether a failure brings the old version back.",
                                    "rollback_on_failure: false")
                            .standard("true"),
                    Key.of(
                                    "max_unavailable",
                                    number(0, 1000),
                                    "Targets that may be down besides.",
                                    "max_unavailable: 1")
                            .standard("0"),
                    Key.of(
                                    "health_check_interval",
                                    seconds(1, 3600),
                                    "Between two checks.",
                                    "health_check_interval: 5")
                            .standard("10"),
                    Key.of(
                                    "success_threshold",
                                    number(1, 100),
                                    "Good checks in a row that are enough.",
                                    "success_threshold: 2")
                            .standard("3"),
                    Key.of(
                                    "failure_threshold",
                                    number(1, 100),
                                    "Bad checks in a row that are too many.",
                                    "failure_threshold: 3")
                            .standard("2"));

    static final Level BLUE_GREEN =
            Level.of(
                    "blue_green",
                    "Prepares a second set of targets and switches to it.",
                    inside("strategy: blue_green\nblue_green:"),
                    Key.of(
                                    "monitoring_minutes",
                                    number(10, 15),
                                    "How long it is watched after the switch.",
                                    "monitoring_minutes: 10")
                            .standard("15"),
                    Key.of(
                                    "validation",
                                    oneOrMore(
                                            choice(
                                                    "infrastructure",
                                                    "application",
                                                    "integration",
                                                    "performance",
                                                    "business")),
                                    "What is checked before the switch.",
                                    "validation: [infrastructure, application]")
                            .standard("[infrastructure, application, integration]"),
                    Key.of(
                            "canary_percent",
                            number(1, 99),
                            "Share of traffic that tries it first.",
                            "canary_percent: 5"),
                    Key.of(
                                    "auto_switch",
                                    TRUTH,
                                    "Whether it switches without approval.",
                                    "auto_switch: true")
                            .standard("false"),
                    Key.of("keep_old", TRUTH, "Whether the old set stays ready.", "keep_old: false")
                            .standard("true"));

    static final Level THRESHOLD =
            Level.of(
                    "threshold",
                    "What a metric may not pass.",
                    under(
                            "deployment:\nenvironment: staging\nversion: \"1.0\"\ntargets: [{name: one}]\nstrategy: canary\ncanary:\nthresholds:\n- x-threshold: 1",
                            with("metric", "metric: error_rate"),
                            with("limit", "limit: 1")),
                    Key.of("metric", Names.LABEL, "Name of a metric.", "metric: error_rate")
                            .needed(),
                    Key.of(
                                    "type",
                                    choice("absolute", "relative", "percentile", "statistical"),
                                    "What the limit is compared with.",
                                    "type: relative")
                            .standard("absolute"),
                    Key.of("limit", new Shape.Decimal(0, 1e12), "The limit.", "limit: 1.5")
                            .needed(),
                    Key.of(
                                    "sustained",
                                    seconds(0, 86_400),
                                    "How long it must be passed.",
                                    "sustained: 60")
                            .standard("0"));

    static final Level CANARY =
            Level.of(
                    "canary",
                    "Gives a new version more and more of the traffic.",
                    inside("strategy: canary\ncanary:"),
                    Key.of(
                                    "stages",
                                    oneOrMore(number(1, 100)),
                                    "Shares of the traffic, in percent.",
                                    "stages: [10, 50, 100]")
                            .standard("[5, 15, 35, 65, 100]"),
                    Key.of(
                                    "durations_minutes",
                                    oneOrMore(number(1, 10_080)),
                                    "How long each stage but the last takes.",
                                    "durations_minutes: [15, 30, 45, 60]")
                            .otherwise("`[15, 30, 45, 60]` with the default stages"),
                    Key.of(
                                    "stage_duration_minutes",
                                    number(1, 10_080),
                                    "How long stages take that say nothing else.",
                                    "stage_duration_minutes: 5")
                            .standard("15"),
                    Key.of(
                            "gates",
                            oneOrMore(number(1, 100)),
                            "Stages, in percent, that wait for approval.",
                            "gates: [35]"),
                    Key.of(
                                    "baseline_minutes",
                                    number(1, 20_160),
                                    "How far back the old version is looked at.",
                                    "baseline_minutes: 120")
                            .standard("60"),
                    Key.of(
                                    "window_minutes",
                                    number(1, 1440),
                                    "Over how long metrics are averaged.",
                                    "window_minutes: 5")
                            .standard("10"),
                    Key.of(
                                    "min_samples",
                                    number(1, 1_000_000),
                                    "Fewer decide nothing.",
                                    "min_samples: 50")
                            .standard("100"),
                    Key.of(
                                    "confidence",
                                    new Shape.Decimal(50, 99.99),
                                    "Percent of certainty.",
                                    "confidence: 99")
                            .standard("95"),
                    Key.of(
                            "thresholds",
                            oneOrMore(table(THRESHOLD)),
                            "What metrics may not pass.",
                            "thresholds: [{metric: error_rate, limit: 1}]"));

    static final Level ROUTING =
            Level.of(
                    "routing",
                    "Who gets the new version.",
                    inside("routing:"),
                    Key.of(
                                    "strategy",
                                    choice(
                                            "random",
                                            "user_hash",
                                            "geo",
                                            "device",
                                            "feature_flag",
                                            "header"),
                                    "How requests are chosen.",
                                    "strategy: user_hash")
                            .standard("random"),
                    Key.of("sticky", TRUTH, "Whether a user stays with a version.", "sticky: false")
                            .standard("true"));

    static final Level ROUTER =
            Level.of(
                    "router",
                    "What divides the traffic.",
                    inside("router:"),
                    Key.of(
                                    "type",
                                    choice("haproxy", "nginx", "mesh", "mock"),
                                    "The kind of router.",
                                    "type: haproxy")
                            .standard("mock"),
                    Key.of(
                            "settings",
                            Names.FREE,
                            "Settings of the router.",
                            "settings: {config: /etc/haproxy.cfg}"));

    static final Level ROLLBACK =
            Level.of(
                    "rollback",
                    "What happens when a deployment fails.",
                    inside("rollback:"),
                    Key.of(
                                    "automatic",
                                    TRUTH,
                                    "Whether the old version comes back by itself.",
                                    "automatic: false")
                            .standard("true"),
                    Key.of(
                                    "verify",
                                    TRUTH,
                                    "Whether the old version is then checked.",
                                    "verify: false")
                            .standard("true"));

    static final Level LEVEL =
            Level.of(
                    "deployment",
                    "How a version gets to where it runs.",
                    under("deployment:", REQUIRED),
                    Key.of(
                                    "strategy",
                                    choice("rolling", "blue_green", "canary"),
                                    "How targets are replaced.",
                                    "strategy: canary")
                            .standard("rolling"),
                    Key.of(
                                    "environment",
                                    Names.LABEL,
                                    "Name of the environment.",
                                    "environment: staging")
                            .needed(),
                    Key.of(
                                    "targets",
                                    new Shape.ListOf(table(TARGET), 1, 1000, false),
                                    "What runs the version.",
                                    "targets: [{name: one}]")
                            .needed(),
                    Key.of(
                            "version",
                            Names.TEMPLATE,
                            "What is deployed; this or `artifact`.",
                            "version: ${{ tag }}"),
                    Key.of(
                            "artifact",
                            Names.TEMPLATE,
                            "The artifact that is deployed; this or `version`.",
                            "artifact: jar"),
                    Key.of(
                                    "approval",
                                    either(TRUTH, table(JobKeys.APPROVAL)),
                                    "A gate before it starts, switches or goes on.",
                                    "approval: true")
                            .standard("false"),
                    Key.of(
                                    "health",
                                    table(HEALTH),
                                    "How targets are asked whether they are well.",
                                    "health: {endpoint: /health}")
                            .standard("{}"),
                    Key.of(
                                    "rolling",
                                    table(ROLLING),
                                    "Settings of `rolling`.",
                                    "rolling: {batch_size: 2}")
                            .otherwise("with their defaults"),
                    Key.of(
                                    "blue_green",
                                    table(BLUE_GREEN),
                                    "Settings of `blue_green`.",
                                    "strategy: blue_green\nblue_green: {auto_switch: true}")
                            .otherwise("with their defaults"),
                    Key.of(
                                    "canary",
                                    table(CANARY),
                                    "Settings of `canary`.",
                                    "strategy: canary\ncanary: {min_samples: 50}")
                            .otherwise("with their defaults"),
                    Key.of(
                                    "routing",
                                    table(ROUTING),
                                    "Who gets the new version.",
                                    "routing: {sticky: false}")
                            .standard("{}"),
                    Key.of(
                                    "router",
                                    table(ROUTER),
                                    "What divides the traffic.",
                                    "router: {type: nginx}")
                            .standard("{}"),
                    Key.of(
                                    "rollback",
                                    table(ROLLBACK),
                                    "What happens when it fails.",
                                    "rollback: {automatic: false}")
                            .standard("{}"));

    private DeploymentKeys() {}
}
