package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(
                    new PrintStream(bytes, true, StandardCharsets.UTF_8), Map.of("NO_COLOR", "1"));

    @Test
    void textFromOutsideCanNotControlTheTerminal() {
        assertThat(terminal.safe("a\u001b]0;title\u0007b\u001b[2Jc\rd\u0008e")).isEqualTo("abcde");
    }

    @Test
    void tablesHaveColumnsAsWideAsTheyNeed() {
        terminal.table(
                List.of("RUN", "STATUS"), List.of(List.of("shop#1", "ok"), List.of("a#12", "no")));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("RUN     STATUS\nshop#1  ok\na#12    no\n");
    }

    @Test
    void durationsAreShort() {
        assertThat(Terminal.took("2026-01-01T00:00:00Z", "2026-01-01T00:00:02.4Z"))
                .isEqualTo("2.4 s");
        assertThat(Terminal.took("2026-01-01T00:00:00Z", "2026-01-01T00:03:05Z"))
                .isEqualTo("3 m 5 s");
        assertThat(Terminal.took("", "2026-01-01T00:03:05Z")).isEmpty();
    }
}
