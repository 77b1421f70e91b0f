package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void eachFinalStatusHasItsCode() {
        assertThat(ExitCode.of("SUCCEEDED")).isEqualTo(0);
        assertThat(ExitCode.of("FAILED")).isEqualTo(1);
        assertThat(ExitCode.of("ERRORED")).isEqualTo(3);
        assertThat(ExitCode.of("CANCELLED")).isEqualTo(130);
    }
}
