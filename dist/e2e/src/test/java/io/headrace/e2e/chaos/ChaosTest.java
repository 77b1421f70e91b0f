package io.headrace.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short trial on each database; {@code ./headrace chaos} makes long ones. */
class ChaosTest {

    private @TempDir Path directory;

    @Test
    void noRunIsLostOrDoubledWhileAServerOnDerbyIsKilledAndFrozen() throws Exception {
        var plan = new ChaosTrial.Plan("derby", 40, 3, 1, 0, 7);

        var report = new ChaosTrial(directory.resolve("trial"), plan).run();

        assertThat(report.findings()).isEmpty();
        assertThat(report.runs()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void noRunIsLostOrDoubledWhileServersWorkersAndPostgresqlAreBroken() throws Exception {
        var plan = new ChaosTrial.Plan("postgres", 60, 8, 2, 2, 11);

        var report = new ChaosTrial(directory.resolve("trial"), plan).run();

        assertThat(report.findings()).isEmpty();
        assertThat(report.runs()).isGreaterThanOrEqualTo(60);
    }
}
