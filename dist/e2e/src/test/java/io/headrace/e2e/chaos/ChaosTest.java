package io.headrace.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short trial on each database; {@code ./headrace chaos} makes long ones. */
class ChaosTest {

    private @TempDir Path directory;

    /** PostgreSQL runs as a user of its own, who has to get to its directory. */
    @BeforeEach
    void openToOthers() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

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
