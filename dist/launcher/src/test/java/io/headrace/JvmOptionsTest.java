package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmOptionsTest {

    @Test
    void whoDecidesNothingGetsWhatSuitsASmallServer() {
        assertThat(JvmOptions.besides(List.of("-Xmx512m", "-Dx=y", "-XX:-UseGCOverheadLimit")))
                .contains("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xms32m");
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+UseG1GC, -XX:+UseSerialGC",
        "-XX:-UseSerialGC, -XX:+UseSerialGC",
        "-XX:-UseCompactObjectHeaders, -XX:+UseCompactObjectHeaders",
        "-Xms1g, -Xms32m",
        "-XX:InitialHeapSize=1g, -Xms32m",
        "-XX:InitialRAMPercentage=50, -Xms32m",
        "-XX:TieredStopAtLevel=4, -XX:TieredStopAtLevel=1",
        "-XX:Tier4InvocationThreshold=5000, -XX:TieredStopAtLevel=1",
        "-Xint, -XX:TieredStopAtLevel=1",
    })
    void whatTheUserSaysIsNotSaidDifferently(String given, String ours) {
        assertThat(JvmOptions.besides(List.of(given))).isNotEmpty().doesNotContain(ours);
    }
}
