package io.headrace.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What fuzzing begins with: the corpus, and every input that once was a finding, in {@code
 * resources/fuzz}.
 */
final class FuzzSeeds {

    private static final Path RESOURCES = Path.of("src/test/resources");

    private FuzzSeeds() {}

    /** Returns whole files. */
    static Stream<byte[]> files() {
        var faults = Stream.concat(WrongFiles.all(), WrongFiles.onlyForTheParser());
        return Stream.concat(
                under(RESOURCES, ".yml"),
                faults.map(fault -> fault.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns texts that have expressions in them, or are some. */
    static Stream<byte[]> expressions() {
        var known =
                List.of(
                        "branch == \"main\" && !(tag == 'v1' || event != \"push\")",
                        "startsWith(branch, \"release/\") && matrix.java >= 21",
                        "always() || failure() && success()",
                        "contains(env.NAME, parameters.level) == true",
                        "-1.50 < 3 && \"a\\\"b\\\\c\" == 'd'",
                        "---env.NAME - -(parameters.count * 2) / 3 + matrix.java == 1.5",
                        "fromJSON(env.JSON).a[1]['b c'].d == split(env.LIST, ',')[count]",
                        "join(fromJSON('[1, {\"a\": null}]'), \"-\") == format('{0}{{', toJSON(tag))",
                        "git checkout ${{ branch }} ${matrix.os} ${VAR} $VAR ${secrets.TOKEN}",
                        "${{ ((((((branch == \"}}\")))))) }}${env.A}${job.build.status}",
                        "{{ hashFiles('pom.xml') }} ${SECRET:key} ${JOB.a.artifacts.b} {{x}}");
        return Stream.concat(
                known.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)),
                under(RESOURCES.resolve("fuzz"), ".expression"));
    }

    /** Returns a glob and a name, a line each. */
    static Stream<byte[]> globs() {
        var known =
                List.of(
                        "release/*\nrelease/1.0",
                        "**/*.java\nsrc/main/java/A.java",
                        "src/**\nsrc/a/b",
                        "v?.*\nv1.2",
                        "*a*a*a*a*b\naaaaaaaaaaaaaaaaaaaaaa",
                        "***?**/*\n///\uD83D\uDE00");
        return Stream.concat(
                known.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)),
                under(RESOURCES.resolve("fuzz"), ".glob"));
    }

    private static Stream<byte[]> under(Path folder, String ending) {
        try (var all = Files.walk(folder)) {
            return all
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(FuzzSeeds::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
