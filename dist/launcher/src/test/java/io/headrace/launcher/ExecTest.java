package io.headrace.launcher;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class ExecTest {

    @Test
    void whatCanNotBeRunLeavesThisProcessAsItWas() {
        assertThatCode(() -> Exec.run(new String[] {"/no/such/program", "ö"}))
                .doesNotThrowAnyException();
    }
}
