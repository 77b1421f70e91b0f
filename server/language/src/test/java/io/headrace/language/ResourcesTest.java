package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a machine a job may ask for (LANG-034). */
class ResourcesTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static Plan.Job planned(String job) {
        return Pipelines.plan("name: x\njobs:\n  build: {%s}\n".formatted(job)).jobs().getFirst();
    }

    private static List<String> errors(String job) {
        return Pipelines.errors("name: x\njobs:\n  build: {%s, %s}\n".formatted(job, STEPS));
    }

    @ParameterizedTest
    @CsvSource({
        "1,     1.0",
        "0.5, 0.5",
        "500m, 0.5",
        "1500m, 1.5",
        "64, 64.0",
    })
    void coresAreNumbersOrThousandths(String written, double cores) {
        assertThat(planned("resources: {cpu: %s}, %s".formatted(written, STEPS)).resources().cpus())
                .isEqualTo(cores);
    }

    @ParameterizedTest
    @CsvSource({
        "4m,     4194304",
        "4096k,  4194304",
        "512M,   536870912",
        "2gb,    2147483648",
        "2GiB,   2147483648",
        "1 g,    1073741824",
        "1Ti,    1099511627776",
    })
    void memoryHasAUnit(String written, long bytes) {
        assertThat(
                        planned("resources: {memory: %s}, %s".formatted(written, STEPS))
                                .resources()
                                .memoryBytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "cpu,    0",
        "cpu,    -1",
        "cpu,    0m",
        "cpu,    many",
        "cpu,    1.2345",
        "memory, 512",
        "memory, 3m",
        "memory, 4095k",
        "memory, 2x",
        "memory, 1.5g",
    })
    void whatIsNoAmountIsAnError(String key, String written) {
        assertThat(errors("resources: {%s: '%s'}".formatted(key, written)))
                .singleElement()
                .asString()
                .contains("'%s' is no".formatted(written));
    }
}
