package io.headrace.language.schema;

import static io.headrace.language.schema.Names.TRUTH;
import static io.headrace.language.schema.Names.under;
import static io.headrace.language.schema.Names.with;
import static io.headrace.language.schema.Shape.choice;
import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.number;
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

    static Level.Frame inside(String key, Level.Companion... companions) {
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
                                    table(StrategyKeys.HEALTH),
                                    "How targets are asked whether they are well.",
                                    "health: {endpoint: /health}")
                            .standard("{}"),
                    Key.of(
                                    "rolling",
                                    table(StrategyKeys.ROLLING),
                                    "Settings of `rolling`.",
                                    "rolling: {batch_size: 2}")
                            .otherwise("with their defaults"),
                    Key.of(
                                    "blue_green",
                                    table(StrategyKeys.BLUE_GREEN),
                                    "Settings of `blue_green`.",
                                    "strategy: blue_green\nblue_green: {auto_switch: true}")
                            .otherwise("with their defaults"),
                    Key.of(
                                    "canary",
                                    table(StrategyKeys.CANARY),
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
