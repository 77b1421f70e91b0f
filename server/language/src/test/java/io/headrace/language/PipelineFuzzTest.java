package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file, the answer is a plan, always the same, or problems that help. */
class PipelineFuzzTest {

    static Stream<byte[]> seeds() {
        return FuzzSeeds.files();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void everyFileIsPlannedOrExplained(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);

        Fuzzed.quickly(() -> parseAndPlan(text));
    }

    private static void parseAndPlan(String text) {
        var parsed = new PipelineParser().parse("ci.yml", text, Pipelines.SMALL_FILES);
        parsed.problems().forEach(Fuzzed::assertHelps);
        if (parsed.pipeline() == null) {
            assertThat(Pipelines.errors(parsed.problems())).isNotEmpty();
            return;
        }
        var planned = new Planner().plan(parsed.pipeline(), Events.push("main"));
        planned.problems().forEach(Fuzzed::assertHelps);
        var again = new PipelineParser().parse("ci.yml", text, Pipelines.SMALL_FILES).pipeline();
        var replanned = new Planner().plan(Objects.requireNonNull(again), Events.push("main"));
        if (planned.plan() == null) {
            assertThat(Pipelines.errors(planned.problems())).isNotEmpty();
            assertThat(replanned.problems()).isEqualTo(planned.problems());
        } else {
            assertThat(Objects.requireNonNull(replanned.plan()).hash())
                    .isEqualTo(planned.plan().hash());
        }
    }
}
