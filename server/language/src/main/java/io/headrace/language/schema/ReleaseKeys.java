package io.headrace.language.schema;

import static io.headrace.language.schema.Names.TRUTH;
import static io.headrace.language.schema.Names.under;
import static io.headrace.language.schema.Names.with;
import static io.headrace.language.schema.Shape.choice;
import static io.headrace.language.schema.Shape.either;
import static io.headrace.language.schema.Shape.list;
import static io.headrace.language.schema.Shape.oneOrMore;
import static io.headrace.language.schema.Shape.table;

import java.util.regex.Pattern;

/** The keys of {@code release}, {@code manifest} and {@code image_build}. */
final class ReleaseKeys {

    static final Level PUBLISHER =
            Level.of(
                    "publisher",
                    "Where an artifact is published.",
                    under(
                            "release:\nversion: \"1.0\"\nartifacts:\napp:\njob: build\npublishers:\n- x-publisher: 1",
                            with("type", "type: registry")),
                    Key.of("type", Names.LABEL, "The publisher.", "type: registry").needed(),
                    Key.of(
                            "target",
                            Names.TEMPLATE,
                            "Where to.",
                            "target: registry.example.org/app"),
                    Key.of(
                            "settings",
                            Names.FREE,
                            "Settings of the publisher.",
                            "settings: {latest: true}"));

    static final Level ARTIFACT =
            Level.of(
                    "release artifact",
                    "Something that a release consists of.",
                    under(
                            "release:\nversion: \"1.0\"\nartifacts:\napp:",
                            with("job", "job: build")),
                    Key.of("job", Names.JOB, "The job that produces it.", "job: build")
                            .aliases("producer")
                            .needed(),
                    Key.of("artifact", Names.TEMPLATE, "The job's artifact.", "artifact: jar")
                            .otherwise("all of the job's"),
                    Key.of(
                                    "publishers",
                                    oneOrMore(either(Names.LABEL, table(PUBLISHER))),
                                    "Where it is published.",
                                    "publishers: [registry]")
                            .aliases("publisher"));

    static final Level GITOPS =
            Level.of(
                    "gitops",
                    "A file of another repository that names the released version.",
                    under(
                            "release:\nversion: \"1.0\"\ngitops:",
                            with("repository", "repository: https://example.org/ops.git"),
                            with("path", "path: app.yml")),
                    Key.of(
                                    "repository",
                                    Names.TEMPLATE,
                                    "The repository.",
                                    "repository: https://example.org/ops.git")
                            .needed(),
                    Key.of("path", Names.PATH, "The file.", "path: shop/version.yml").needed(),
                    Key.of("branch", Names.TEMPLATE, "The branch.", "branch: main")
                            .standard("main"));

    static final Level RELEASE =
            Level.of(
                    "release",
                    "What is published when the jobs have succeeded.",
                    under("release:", with("version", "version: \"1.0\"")),
                    Key.of("version", Names.TEMPLATE, "The version.", "version: ${{ tag }}")
                            .needed(),
                    Key.of(
                                    "if",
                                    either(Names.CONDITION, TRUTH),
                                    "A condition; false means no release.",
                                    "if: event == \"tag\"")
                            .aliases("when"),
                    Key.of(
                            "artifacts",
                            new Shape.MapOf(
                                    "an artifact",
                                    Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                                    "use letters, digits, '-', '_' and '.'",
                                    table(ARTIFACT),
                                    1000),
                            "What it consists of.",
                            "artifacts:\n  app: {job: build, publishers: [registry]}"),
                    Key.of("sign", TRUTH, "Whether artifacts are signed.", "sign: true")
                            .standard("false"),
                    Key.of("sbom", TRUTH, "Whether a bill of materials is made.", "sbom: true")
                            .standard("false"),
                    Key.of(
                            "gitops",
                            table(GITOPS),
                            "A file that names the version.",
                            "gitops: {repository: https://example.org/ops.git, path: app.yml}"));

    private static final Shape.Text VERSION =
            Shape.text(
                    "a version",
                    "[A-Za-z0-9][A-Za-z0-9._+-]{0,99}",
                    "write a version such as 0.1.0");
    private static final Shape.Text PLATFORM =
            Shape.text(
                    "a platform",
                    "[a-z0-9]{1,30}/[a-z0-9_]{1,30}(?:/[a-z0-9]{1,20})?",
                    "write it like linux/amd64");

    static final Level MANIFEST =
            Level.of(
                    "manifest",
                    "Combinations of fragments to build and test.",
                    under(
                            "manifest:",
                            with("manifest_id", "manifest_id: web"),
                            with("fragments", "fragments: {core: 0.1.0}")),
                    Key.of("manifest_id", Names.LABEL, "Names the manifest.", "manifest_id: web")
                            .aliases("id")
                            .needed(),
                    Key.of("template", VERSION, "Version of the template.", "template: 1.2.0")
                            .standard("1"),
                    Key.of(
                                    "fragments",
                                    new Shape.MapOf(
                                            "a fragment",
                                            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                                            "use letters, digits, '-', '_' and '.'",
                                            oneOrMore(VERSION),
                                            100),
                                    "Versions by fragment; of several, each is combined with the others.",
                                    "fragments: {core: [0.1.0, 0.2.0], light: 0.1.0}")
                            .needed(),
                    Key.of(
                                    "platforms",
                                    oneOrMore(PLATFORM),
                                    "Where each combination is built.",
                                    "platforms: [linux/amd64, linux/arm64]")
                            .aliases("platform")
                            .standard("[linux/amd64]"),
                    Key.of(
                            "base",
                            Shape.text(
                                    "a digest",
                                    "sha256:[a-f0-9]{64}",
                                    "write sha256: and 64 hexadecimal digits"),
                            "Digest of the image that all build on.",
                            "base: sha256:" + "0123456789abcdef".repeat(4)),
                    Key.of("priority", choice("normal", "urgent"), "How soon.", "priority: urgent")
                            .standard("normal"));

    static final Level IMAGE_BUILD =
            Level.of(
                    "image_build",
                    "An image that is built for the jobs.",
                    under("image_build:"),
                    Key.of("base", Names.IMAGE, "The image it builds on.", "base: python:3.13-slim")
                            .aliases("base_image")
                            .standard("python:3.9-slim"),
                    Key.of(
                            "requirements",
                            oneOrMore(Names.PATH),
                            "Files with what is installed into it.",
                            "requirements: requirements.txt"),
                    Key.of("workdir", Names.ANY, "Its working directory.", "workdir: /srv")
                            .standard("/app"),
                    Key.of(
                                    "environment",
                                    Names.VARIABLES,
                                    "Its variables.",
                                    "environment: {PYTHONUNBUFFERED: \"1\"}")
                            .aliases("env"),
                    Key.of(
                            "entrypoint",
                            list(Names.TEMPLATE),
                            "What it runs.",
                            "entrypoint: [python, -m, app]"));

    private ReleaseKeys() {}
}
