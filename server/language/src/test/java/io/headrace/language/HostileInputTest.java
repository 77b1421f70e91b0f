package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostileInputTest {

    @Test
    void anAliasBombIsDefused() {
        var text =
                IntStream.range(1, 40)
                        .mapToObj(i ->
                                "x-%d: &a%d [%s]\n"
                                        .formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)))
                        .collect(Collectors.joining("", "x-0: &a0 [x]\n", "jobs: *a39\n"));

        assertThat(Pipelines.errors(text))
                .containsExactly(
                        "ci.yml:1:1: the file's aliases repeat more than 100,000 elements; write"
                                + " fewer aliases of aliases");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(Pipelines.errors("name: " + "[".repeat(100_000)))
                .containsExactly("ci.yml:1:1: maps and lists are nested deeper than 50; nest less");
    }

    @Test
    void aLargeFileIsRefused() {
        assertThat(Pipelines.errors("#".repeat((1 << 20) + 1)))
                .containsExactly(
                        "ci.yml:1:1: the file is larger than 1 MiB; split it, or move long scripts"
                                + " into files of their own");
        assertThat(Pipelines.errors("name: [" + "a,".repeat(300_000) + "]"))
                .containsExactly(
                        "ci.yml:1:1: the file has more than 200,000 keys and values; split it");
    }

    @Test
    @Tag("slow")
    void problemsAreCountedUpToAThousand() {
        var text =
                IntStream.range(0, 50_000)
                        .mapToObj("key%d: 1\n"::formatted)
                        .collect(Collectors.joining());

        assertThat(Pipelines.errors(text)).hasSize(1000);
    }

    @Test
    @Tag("slow")
    void longTextsWithManyBeginningsCostNoMoreThanOthers() {
        var step = "name: x\njobs: {build: {steps: [{name: a, run: \"%s\"}]}}";

        assertThat(Pipelines.errors(step.formatted("${a.".repeat(200_000)))).isEmpty();
        assertThat(Pipelines.errors(step.formatted("${{".repeat(200_000)))).hasSize(1);
        assertThat(Pipelines.errors(step.formatted("${{ branch }}".repeat(50_000)))).hasSize(1000);
    }

    @Test
    void longExpressionsAreRefused() {
        var job = "name: x\njobs: {build: {if: '%s', steps: [{name: a, run: b}]}}";

        assertThat(Pipelines.errors(job.formatted("true" + " && true".repeat(400))))
                .containsExactly(
                        "ci.yml:2:2024: the expression has more than 500 parts; shorten it");
        assertThat(Pipelines.errors(job.formatted("x".repeat(5000))))
                .containsExactly(
                        "ci.yml:2:21: the expression is longer than 4096 characters; shorten it");
        assertThat(Pipelines.errors(job.formatted("!".repeat(400) + "true")))
                .containsExactly("ci.yml:2:31: nested deeper than 10; nest less");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNotShiftLinesOrColumns() {
        var text = "\uFEFFname: x\r\njobs:\r\n  build:\r\n    image: Bad Image\r\n";

        assertThat(Pipelines.errors(text))
                .containsExactly(
                        "ci.yml:3:3: 'steps' is missing; add 'steps' with at least one '- run:"
                                + " command'",
                        "ci.yml:4:12: 'Bad Image' is no reference to an image; write it like"
                                + " registry/name:tag, in lower case, for instance"
                                + " maven:3-eclipse-temurin-25");
    }

    @Test
    void columnsCountCharactersAndNotTheirHalves() {
        var text =
                "name: \"\uD83D\uDE00\"\njobs: {build: {if: \"'\uD83D\uDE00' == brnch\", steps: [{name: a, run: b}]}}";

        assertThat(Pipelines.errors(text))
                .containsExactly("ci.yml:2:28: 'brnch' is not known here; did you mean 'branch'?");
    }
}
