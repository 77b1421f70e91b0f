package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.expression.Function;
import io.headrace.language.expression.Operator;
import io.headrace.language.schema.Schema;
import io.headrace.language.schema.Shape;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever can push, name a branch or start a run chooses values that no file foresaw. What they
 * choose never becomes a command, an image or a path of their own. The lists here are held against
 * the code's: what is new has to be decided on.
 */
@Tag("broad")
class UntrustedValuesTest {

    /** What a text of the file becomes. */
    private enum As {
        /** A shell runs it: nothing from outside stands in it. */
        COMMAND,
        /** An image: whatever it is made of, it has to look like one. */
        IMAGE,
        /** A path: whatever it is made of, it stays in the workspace. */
        PATH,
        /** Data, which is passed on as it is and never looked at again. */
        DATA,
        /** Kept in the plan, where nobody carries it out yet. */
        SETTING
    }

    private static final String STEPS = "steps: [{name: make, run: make}]";

    /** By level and key; the file has %s for the text, or is empty where no test needs one. */
    private static final Map<String, Map.Entry<As, String>> TEXTS =
            Map.ofEntries(
                    text(As.COMMAND, "step.script", step("script: ['echo a', 'echo %s']")),
                    text(As.COMMAND, "generate.script", pipeline("generate: {script: 'x %s'}")),
                    text(As.COMMAND, "pipeline.generate", pipeline("generate: 'x %s'")),
                    text(
                            As.IMAGE,
                            "generate.image",
                            pipeline("generate: {script: x, image: '%s'}")),
                    text(
                            As.IMAGE,
                            "generate.runs-on",
                            pipeline("generate: {script: x, runs-on: 'x:%s'}")),
                    text(As.IMAGE, "job.image", job("image: '%s'")),
                    text(As.IMAGE, "job.runs-on", job("runs-on: 'x:%s'")),
                    text(
                            As.IMAGE,
                            "step.image",
                            "{name: x, jobs: {build: {steps: [{name: a, run: b, image: '%s'},"
                                    + " {name: b, run: c}]}}}"),
                    text(As.PATH, "artifact.paths", job("artifacts: {a: {paths: ['%s']}}")),
                    text(As.PATH, "job.artifacts", job("artifacts: ['%s/*.jar']")),
                    text(As.PATH, "cache.paths", job("caches: [{key: a, paths: '%s'}]")),
                    text(
                            As.PATH,
                            "step.working_directory",
                            step("script: make\nworking_directory: '%s'")),
                    text(
                            As.PATH,
                            "project.artifacts",
                            "{name: x, phases: [build], projects: [{name: a, path: a, artifacts:"
                                    + " ['%s'], phases: {build: {run: make}}}]}"),
                    text(As.DATA, "cache.key", ""),
                    text(As.DATA, "concurrency.group", ""),
                    text(As.DATA, "job.locks", ""),
                    text(As.DATA, "lock.name", ""),
                    text(As.DATA, "pipeline.concurrency", ""),
                    text(As.DATA, "generate.environment", ""),
                    text(As.DATA, "generate.labels", ""),
                    text(As.DATA, "step.name", ""),
                    text(As.DATA, "job.environment", job("environment: {V: '%s'}")),
                    text(As.DATA, "job.labels", ""),
                    text(As.DATA, "pipeline.global_env", pipeline("global_env: {V: '%s'}")),
                    text(As.DATA, "platform.arch", ""),
                    text(As.DATA, "platform.os", ""),
                    text(As.DATA, "step.environment", step("script: make\nenvironment: {V: '%s'}")),
                    text(As.DATA, "step.with", step("uses: tool\nwith: {V: '%s'}")),
                    // Where these go is written out, never made of values.
                    text(As.SETTING, "artifact need.directory", ""),
                    text(As.SETTING, "deployment.artifact", ""),
                    text(As.SETTING, "deployment.version", ""),
                    text(As.SETTING, "gitops.branch", ""),
                    text(As.SETTING, "gitops.repository", ""),
                    text(As.SETTING, "health.endpoint", ""),
                    text(As.SETTING, "image_build.base", ""),
                    text(As.SETTING, "image_build.entrypoint", ""),
                    text(As.SETTING, "image_build.environment", ""),
                    text(As.SETTING, "notification.chat", ""),
                    text(As.SETTING, "notification.webhook", ""),
                    text(As.SETTING, "notifications.chat", ""),
                    text(As.SETTING, "notifications.webhooks", ""),
                    text(As.SETTING, "publisher.settings", ""),
                    text(As.SETTING, "publisher.target", ""),
                    text(As.SETTING, "release artifact.artifact", ""),
                    text(As.SETTING, "release.version", ""),
                    text(As.SETTING, "router.settings", ""),
                    text(As.SETTING, "target.health_check_url", ""),
                    text(As.SETTING, "target.metadata", ""),
                    text(As.SETTING, "target.url", ""));

    /** The names in expressions that hold a part of an event; none where it is in no text. */
    private static final Map<String, List<String>> EVENT =
            Map.of(
                    "project", List.of("env.HEADRACE_PROJECT"),
                    "type", List.of("event", "github.event_name", "env.HEADRACE_EVENT"),
                    "ref", List.of("ref", "github.ref", "env.HEADRACE_REF"),
                    "branch", List.of("branch", "env.HEADRACE_BRANCH", "env.BRANCH_NAME"),
                    "tag", List.of("tag", "env.HEADRACE_TAG"),
                    "commit", List.of("commit", "env.HEADRACE_COMMIT", "env.GIT_COMMIT_SHA"),
                    "parameters",
                            List.of(
                                    "parameters.p",
                                    "inputs.p",
                                    "pipeline.p",
                                    "env.p",
                                    "env.HEADRACE_PARAM_P",
                                    "env.OWN"),
                    "changedPaths", List.of());

    /** Calls that make text of text; the others make numbers, or what is true or false. */
    private static final Map<Function, String> MAKING_TEXT =
            new EnumMap<>(
                    Map.of(
                            Function.JOIN, "join(split(%s, \",\"), \"\")",
                            Function.SPLIT, "split(%s, \",\")[0]",
                            Function.FORMAT, "format(\"{0}\", %s)",
                            Function.FROM_JSON, "fromJSON(%s)",
                            Function.TO_JSON, "toJSON(%s)"));

    private static final Set<Function> MAKING_NO_TEXT =
            Set.of(
                    Function.CONTAINS,
                    Function.STARTS_WITH,
                    Function.ENDS_WITH,
                    Function.SUCCESS,
                    Function.FAILURE,
                    Function.ALWAYS,
                    // Takes globs, and makes digits of what is in files.
                    Function.HASH_FILES);

    private static Map.Entry<String, Map.Entry<As, String>> text(As as, String key, String file) {
        return Map.entry(key, Map.entry(as, file));
    }

    private static String pipeline(String lines) {
        return "name: x\nparameters: {p: {}}\n%s\njobs: {build: {%s}}\n"
                .formatted(lines, STEPS)
                .replace("%%", "%");
    }

    private static String job(String lines) {
        return "name: x\nparameters: {p: {}}\njobs:\n  build:\n    %s\n    environment: {OWN: '${p}'}\n"
                        .formatted(STEPS)
                        .replace(
                                lines.startsWith("environment")
                                        ? "    environment: {OWN: '${p}'}\n"
                                        : "\0",
                                "")
                + "    "
                + lines
                + "\n";
    }

    private static String step(String lines) {
        return "name: x\nparameters: {p: {}}\njobs:\n  build:\n    environment: {OWN: '${p}'}\n"
                + "    steps:\n      - name: make\n"
                + lines.indent(8);
    }

    @Test
    void everyPlaceOfATextIsDecidedOn() {
        var places = new TreeSet<String>();
        for (var level : Schema.levels()) {
            for (var key : level.keys()) {
                if (uses(key.shape()).anyMatch(use -> isMadeOfValues(use))) {
                    places.add(level.name() + "." + key.name());
                }
            }
        }

        assertThat(new TreeSet<>(TEXTS.keySet())).isEqualTo(places);
        for (var level : Schema.levels()) {
            for (var key : level.keys()) {
                boolean command = uses(key.shape()).anyMatch(use -> use == Shape.Use.COMMAND);
                var decided = TEXTS.get(level.name() + "." + key.name());
                assertThat(decided != null && decided.getKey() == As.COMMAND)
                        .as(level.name() + "." + key.name())
                        .isEqualTo(command);
            }
        }
    }

    private static boolean isMadeOfValues(Shape.Use use) {
        return switch (use) {
            case TEMPLATE, COMMAND -> true;
            case FIXED, CONDITION -> false;
        };
    }

    private static Stream<Shape.Use> uses(Shape shape) {
        return shape.alternatives()
                .flatMap(each ->
                        switch (each) {
                            case Shape.Text text -> Stream.of(text.use());
                            case Shape.ListOf list -> uses(list.item());
                            case Shape.MapOf map -> uses(map.value());
                            case Shape.WholeNumber _,
                                    Shape.Decimal _,
                                    Shape.Truth _,
                                    Shape.Choice _,
                                    Shape.Nothing _,
                                    Shape.Either _,
                                    Shape.Table _ ->
                                    Stream.empty();
                        });
    }

    @Test
    void everyPartOfAnEventIsDecidedOn() {
        assertThat(
                        Arrays.stream(PlanEvent.class.getRecordComponents())
                                .map(RecordComponent::getName))
                .containsExactlyInAnyOrderElementsOf(EVENT.keySet());
        assertThat(EVENT.values().stream().flatMap(List::stream).toList())
                .containsAll(PipelineVocabulary.EVENT_VARIABLES.keySet());
    }

    @Test
    void everyFunctionAndOperatorIsDecidedOn() {
        var decided = new HashSet<>(MAKING_TEXT.keySet());
        decided.addAll(MAKING_NO_TEXT);

        assertThat(decided).containsExactlyInAnyOrder(Function.values());
        for (var operator : Operator.values()) {
            var expression = "branch %s \"1\"".formatted(operator.symbol());
            var errors = Pipelines.errors(step("script: x ${{ " + expression + " }}"));
            // What calculates and what compares makes numbers, and what is true or false.
            assertThat(errors.stream().anyMatch(each -> each.contains("value from outside")))
                    .as(expression)
                    .isEqualTo(operator == Operator.PLUS);
        }
    }

    static List<String> untrusted() {
        var names = EVENT.values().stream().flatMap(List::stream).sorted().toList();
        var all =
                names.stream()
                        .flatMap(name ->
                                Stream.concat(
                                        Stream.of(name, name + " + \"\"", "\"-\" + " + name),
                                        MAKING_TEXT.values().stream()
                                                .map(call -> call.formatted(name))))
                        .sorted()
                        .collect(Collectors.toList());
        all.add("format(\"{0}\", join(split(toJSON(fromJSON(branch).x), \",\")))");
        return all;
    }

    @ParameterizedTest
    @MethodSource("untrusted")
    void noCommandIsMadeOfAnUntrustedValue(String expression) {
        for (var place : places(As.COMMAND).entrySet()) {
            var written = "${{ %s }}".formatted(expression).replace("'", "''");
            var file = place.getValue().replace("%s", written);

            assertThat(Pipelines.errors(file))
                    .as(place.getKey() + ": " + file)
                    .anySatisfy(error ->
                            assertThat(error)
                                    .contains("would put a value from outside into a command"));
        }
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void noImageAndNoPathIsWhatAnOutsiderWants(String name) {
        for (var image : List.of("-v/:/host", "a b", "$(id)", "x;id", "a\nb", "--privileged")) {
            assertRefused(As.IMAGE, name, image, "which is no reference to an image");
        }
        for (var path : List.of("../../etc", "a/../..", "..", "a\nb")) {
            assertRefused(As.PATH, name, path, "becomes");
        }
    }

    static List<String> chosen() {
        return List.of("branch", "tag", "parameters.p", "env.OWN", "env.HEADRACE_BRANCH");
    }

    private static void assertRefused(As as, String name, String value, String message) {
        for (var place : places(as).entrySet()) {
            var file = place.getValue().replace("%s", "${{ " + name + " }}");
            var parsed = new PipelineParser().parse("ci.yml", file);
            if (parsed.pipeline() == null) {
                // It has no parameter or variable of that name.
                assertThat(file).doesNotContain("parameters:");
                continue;
            }
            var planned = new Planner().plan(parsed.pipeline(), event(value));
            if (planned.plan() == null) {
                assertThat(Pipelines.errors(planned.problems()))
                        .as(place.getKey() + ": " + file)
                        .anySatisfy(error ->
                                assertThat(error)
                                        .matches(
                                                "(?s).*(%s|has no value|no parameter 'p').*"
                                                        .formatted(message)));
            } else {
                assertThat(planned.plan().toString())
                        .as(place.getKey() + ": " + file)
                        .doesNotContain(value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void dataIsPassedOnAsItIs(String name) {
        var value = "$(id) `id` ${HOME} ${{ commit }} \"'\\ ; rm -rf / {0}";
        for (var place : places(As.DATA).entrySet()) {
            if (name.equals("env.OWN") && !place.getValue().contains("OWN")) {
                continue;
            }
            var file = place.getValue().replace("%s", "${{ " + name + " }}");
            var job = Pipelines.plan(file, event(value)).jobs().getFirst();
            var step = job.steps().getFirst();
            var held = new TreeMap<>(job.environment());
            held.putAll(step.environment());
            if (step.action() != null) {
                held.putAll(step.action().with());
            }

            assertThat(held.get("V")).as(place.getKey()).isEqualTo(value);
            assertThat(step.commands()).as(place.getKey()).noneMatch(each -> each.contains("id"));
        }
    }

    private static PlanEvent event(String value) {
        return new PlanEvent(
                "shop",
                PlanEvent.Type.API,
                "refs/heads/" + value,
                value,
                value,
                "0123",
                Map.of("p", value));
    }

    /** Returns the files of a kind, by level and key. */
    private static Map<String, String> places(As as) {
        var places = new TreeMap<String, String>();
        TEXTS.forEach((key, text) -> {
            if (text.getKey() == as && !text.getValue().isEmpty()) {
                places.put(key, text.getValue());
            }
        });
        assertThat(places).isNotEmpty();
        return places;
    }
}
