package io.headrace.ui.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.headrace.engine.Refused;
import org.junit.jupiter.api.Test;

class RunDialogTest {

    @Test
    void parametersStandOneALine() {
        assertThat(RunDialog.parsed("version=1.2\n\n  target = prod  \nquery=a=b"))
                .containsExactly(
                        entry("version", "1.2"), entry("target", "prod"), entry("query", "a=b"));
    }

    @Test
    void aLineThatIsNoParameterIsNamed() {
        assertThatThrownBy(() -> RunDialog.parsed("version 1.2"))
                .isInstanceOf(Refused.class)
                .hasMessage("'version 1.2' is no parameter; write one a line, as name=value");
    }
}
