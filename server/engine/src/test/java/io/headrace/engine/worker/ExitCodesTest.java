package io.headrace.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1 | exit code 1",
                "2 | exit code 2 (wrong usage of a command, or a file that is missing)",
                "124 | exit code 124 (ended by 'timeout', or by a command that gave up waiting)",
                "125 | exit code 125 (the container, or 'timeout' itself, could not run it)",
                "126 | exit code 126 (the file can't be executed; is it executable, and for this platform?)",
                "127 | exit code 127 (command not found; is it installed and on the PATH?)",
                "128 | exit code 128 (a signal, or 'exit' with a number that is no exit code)",
                "130 | exit code 130 (interrupted)",
                "137 | exit code 137 (killed; often because memory ran out)",
                "139 | exit code 139 (segmentation fault)",
                "143 | exit code 143 (terminated)"
            })
    void anExitCodeIsToldWithItsUsualMeaning(int code, String sentence) {
        assertThat(ExitCodes.explain(code)).isEqualTo(sentence);
    }
}
