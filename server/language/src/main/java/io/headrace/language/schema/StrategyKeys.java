package io.headrace.language.schema;

import static io.headrace.language.schema.Names.TRUTH;
import static io.headrace.language.schema.Names.under;
import static io.headrace.language.schema.Names.with;
import static io.headrace.language.schema.Shape.choice;
import static io.headrace.language.schema.Shape.number;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.seconds;
import static io.headrace.language.schema.Shape.table;

/** The keys of the strategies of a {@code deployment}, and of its checks. */
final class StrategyKeys {

    static final Level HEALTH =
            Level.of(
                    "health",
                    "How targets are asked whether they are well.",
                    DeploymentKeys.inside("health:"),
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
                    DeploymentKeys.inside("rolling:"),
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
                    DeploymentKeys.inside("strategy: blue_green\nblue_green:"),
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
                    DeploymentKeys.inside("strategy: canary\ncanary:"),
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

    private StrategyKeys() {}
}
