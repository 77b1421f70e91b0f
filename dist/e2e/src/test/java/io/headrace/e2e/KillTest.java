package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short slice of {@code ./headrace bench kill}. */
class KillTest {

    private static final int KILLS = 4;

    @Test
    void whatWasAcceptedEndsRightlyAlthoughTheServerIsKilled(@TempDir Path directory)
            throws IOException, InterruptedException {
        var report = new KillTrial(directory, KILLS, 20260101L).run();

        assertThat(report.accepted()).isPositive();
        assertThat(report.findings()).isEmpty();
        assertThat(report.clean()).isTrue();
    }
}
