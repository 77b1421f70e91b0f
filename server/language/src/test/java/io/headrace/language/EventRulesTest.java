package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which events start runs, what is wrong with filters, and how urgent runs are (LANG-019). */
class EventRulesTest {

    private static String text(String on) {
        return "name: x\n%s\njobs: {build: {steps: [{name: a, run: b}]}}\n".formatted(on);
    }

    private static boolean starts(String on, PlanEvent event) {
        return Triggers.matches(Pipelines.parse(text(on)), event);
    }

    private static PlanEvent event(PlanEvent.Type type, String branch) {
        return new PlanEvent("shop", type, "refs/heads/" + branch, branch, null, "0123", Map.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = PlanEvent.Type.class,
            names = {"PUSH", "PULL_REQUEST", "SCHEDULE", "UPSTREAM"})
    void anEventThatIsNotListedStartsNothing(PlanEvent.Type type) {
        assertThat(starts("on: tag", event(type, "main"))).isFalse();
        assertThat(starts("x-on: tag", event(type, "main"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = PlanEvent.Type.class,
            names = {"MANUAL", "API"})
    void peopleAndProgramsStartWhatTheyLike(PlanEvent.Type type) {
        assertThat(starts("on: {push: {branches: main}}", event(type, "dev"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on: {schedule: '0 3 * * *'}          | SCHEDULE",
                "on: [{schedule: '0 3 * * *'}]        | SCHEDULE",
                "on: {upstream: lib}                  | UPSTREAM",
                "on: pull_request                     | PULL_REQUEST",
                "on: {pull_request: {branches: main}} | PULL_REQUEST",
                "on: {pull_request: }                 | PULL_REQUEST",
                "on: [tag, {push: {branches: main}}]  | PUSH",
            })
    void anEventThatIsListedStartsARun(String on, PlanEvent.Type type) {
        assertThat(starts(on, event(type, "main"))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "on: psuh                      | unknown event 'psuh'; did you mean 'push'?",
                "on: merge                     | unknown event 'merge'; events are 'api', 'manual', 'pull_request', 'push', 'schedule', 'tag', 'upstream'",
                "on: [[push]]                  | an event must be text or a map, but it is a list; write one event on each line",
                "on:                           | 'on' has no value; write events, or remove the key",
                "on: {push: main}              | 'push' must be a map, but it is text; write lines like 'key: value' below it, indented",
                "on: {schedule: }              | 'schedule' has no value; write a time, such as schedule: \"0 4 * * *\"",
                "on: [upstream]                | 'upstream' has no value; write a project, such as upstream: library",
                "on: {push: {branches: ' '}}   | a filter is blank or longer than 200 characters; write a name, with '*' for any characters, such as release/*",
            })
    void whatIsNoEventIsAnError(String on, String error) {
        assertThat(Pipelines.errors(text(on))).singleElement().asString().endsWith(error);
    }

    @Test
    void aFilterHasAtMostTwoHundredCharacters() {
        assertThat(Pipelines.errors(text("on: {push: {branches: %s}}".formatted("b".repeat(200)))))
                .isEmpty();
        assertThat(Pipelines.errors(text("on: {push: {branches: %s}}".formatted("b".repeat(201)))))
                .hasSize(1);
    }

    @Test
    void aPathFilterSkipsJobsAndOneOfSeveralTriggersIsEnough() {
        assertThat(skipped("on: {push: {paths: src/**}}", "docs/a")).isTrue();
        assertThat(skipped("on: {push: {paths: src/**}}", "docs/a", "src/a")).isFalse();
        assertThat(skipped("on: {push: {paths: ['**', '!docs/**']}}", "docs/a")).isTrue();
        assertThat(skipped("on: [{push: {paths: a}}, {push: {branches: main}}]", "b")).isFalse();
        assertThat(skipped("on: [{push: {paths: a}}, {push: {paths: b}}]", "b")).isFalse();
        assertThat(skipped("x-on: push", "b")).isFalse();
        assertThat(
                        Pipelines.plan(
                                        text("on: [{push: {paths: a}}, {push: {paths: [b, c]}}]"),
                                        Events.change("d"))
                                .jobs()
                                .getFirst()
                                .condition()
                                .explanation())
                .isEqualTo("no changed file matches a, b, c");
    }

    private static boolean skipped(String on, String... changed) {
        return Pipelines.plan(text(on), Events.change(changed))
                        .jobs()
                        .getFirst()
                        .condition()
                        .verdict()
                == Plan.Condition.Verdict.SKIPPED;
    }

    @ParameterizedTest
    @CsvSource({
        "PUSH,         main,   10",
        "PUSH,         master, 10",
        "PUSH,         dev,    1",
        "PULL_REQUEST, main,   1",
        "SCHEDULE,     main,   10",
        "SCHEDULE,     dev,    1",
        "UPSTREAM,     dev,    1",
        "MANUAL,       dev,    10",
        "API,          dev,    10",
        "TAG,          main,   5",
    })
    void theEventSaysHowUrgentARunIs(PlanEvent.Type type, String branch, int priority) {
        assertThat(Pipelines.plan(text("x-a: b"), event(type, branch)).jobs().getFirst().priority())
                .isEqualTo(priority);
    }

    @Test
    void aFileMaySayHowUrgentItIs() {
        assertThat(priority("priority: 0", "pool: a")).isZero();
        assertThat(priority("priority: urgent", "pool: a")).isEqualTo(50);
        assertThat(priority("priority: normal", "pool: a")).as("as the event says").isEqualTo(10);
        assertThat(priority("priority: 7", "priority: urgent")).isEqualTo(50);
        assertThat(priority("priority: 7", "priority: normal"))
                .as("a job that says normal leaves it to the pipeline")
                .isEqualTo(7);
        assertThat(Pipelines.errors(text("priority: high")))
                .singleElement()
                .asString()
                .contains("'priority'");
    }

    private static int priority(String top, String job) {
        return Pipelines.plan(
                        "name: x\n%s\njobs: {build: {%s, steps: [{name: a, run: b}]}}\n"
                                .formatted(top, job))
                .jobs()
                .getFirst()
                .priority();
    }

    @Test
    void whatWasSupposedToHappenIsAnEventLikeAnyOther() {
        var push =
                PlanEvent.supposed(
                        "shop", PlanEvent.Type.PUSH, "dev", null, Map.of(), List.of("a"));
        var tag = PlanEvent.supposed("shop", PlanEvent.Type.TAG, "dev", "v1", Map.of(), null);

        assertThat(push.ref()).isEqualTo("refs/heads/dev");
        assertThat(push.branch()).isEqualTo("dev");
        assertThat(push.tag()).isNull();
        assertThat(push.changedPaths()).containsExactly("a");
        assertThat(push.commit()).isEqualTo("0".repeat(40));
        assertThat(tag.ref()).isEqualTo("refs/tags/v1");
        assertThat(tag.branch()).isNull();
        assertThat(tag.tag()).isEqualTo("v1");
        assertThat(tag.changedPaths()).isNull();
    }
}
