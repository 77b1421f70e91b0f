package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggersTest {

    private static boolean starts(String on, PlanEvent event) {
        var text = "name: x\n%s\njobs: {build: {steps: [{name: a, run: b}]}}\n".formatted(on);
        return Triggers.matches(Pipelines.parse(text), event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on: push                                           | dev         | true",
                "on: tag                                            | dev         | false",
                "on: [tag, push]                                    | dev         | true",
                "on: {push: {branches: main}}                       | dev         | false",
                "on: {push: {branches: main}}                       | main        | true",
                "on: {push: {branches: [release/*]}}                | release/1   | true",
                "on: {push: {branches: [release/*]}}                | release/1/2 | false",
                "on: {push: {branches: [release/**]}}               | release/1/2 | true",
                "on: {push: {branches: ['v?']}}                     | v1          | true",
                "on: {push: {branches: ['!main']}}                  | dev         | true",
                "on: {push: {branches: ['!main']}}                  | main        | false",
                "on: {push: {branches: ['**', '!old/*', old/keep]}} | old/keep    | true",
                "on: {push: {branches: ['**', '!old/*', old/keep]}} | old/drop    | false",
                "on: {push: {tags: v*}}                             | dev         | false",
                "triggers: [push]                                   | dev         | true",
            })
    void pushesAreFilteredByBranch(String on, String branch, boolean starts) {
        assertThat(starts(on, Events.push(branch))).isEqualTo(starts);
    }

    @Test
    void aPushFilteredByTagsMeansTags() {
        assertThat(starts("on: {push: {tags: v*}}", Events.tag("v1"))).isTrue();
        assertThat(starts("on: {push: {tags: v*}}", Events.tag("x1"))).isFalse();
        assertThat(starts("on: {push: {branches: main, tags: v*}}", Events.tag("v1"))).isTrue();
        assertThat(starts("on: {push: {branches: main, tags: v*}}", Events.push("main"))).isTrue();
    }

    @Test
    void whatAPersonStartsAlwaysRuns() {
        assertThat(starts("on: {push: {branches: main}}", Events.manual("dev"))).isTrue();
    }

    @Test
    void withoutOnEveryEventStartsARun() {
        assertThat(starts("# nothing", Events.tag("v1"))).isTrue();
        assertThat(starts("# nothing", Events.push("dev"))).isTrue();
    }

    @Test
    void aFilterThatCanNeverMatchIsAnError() {
        var text =
                """
                name: x
                on:
                  tag: {branches: main}
                  pull_request: {tags: v1}
                  manual: {branches: main}
                jobs: {build: {steps: [{name: a, run: b}]}}
                """;

        assertThat(Pipelines.errors(text))
                .containsExactly(
                        "ci.yml:3:9: unknown key 'branches'; the keys here are 'tags'",
                        "ci.yml:4:18: unknown key 'tags'; the keys here are 'branches', 'paths'",
                        "ci.yml:5:12: unknown key 'branches'; remove it: there are none");
    }
}
