package io.headrace.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads secrets from where nobody else can read along: never from arguments. */
final class SecretInput {

    private SecretInput() {}

    /**
     * Reads a private key from standard input. None is asked for: it has several lines, and a
     * terminal would take the first of what is pasted.
     */
    static String readKey() throws IOException {
        if (terminal().isPresent()) {
            throw new CliException(
                    ExitCode.INVALID,
                    "A private key can't be typed; give its file on standard input, as in: headrace credential set … --ssh-key < ~/.ssh/id_ed25519");
        }
        return read("");
    }

    private static Optional<Console> terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    /**
     * Asks at a terminal, without showing what is typed; otherwise reads standard input to its end,
     * without the last line's end.
     */
    static String read(String prompt) throws IOException {
        var console = terminal();
        String value;
        if (console.isPresent()) {
            var typed = console.get().readPassword("%s: ", prompt);
            value = typed == null ? "" : new String(typed);
        } else {
            value = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            value = value.replaceFirst("\\r?\\n\\z", "");
        }
        if (value.isEmpty()) {
            throw new CliException(
                    ExitCode.INVALID,
                    "No value was given; type it when asked, or give it on standard input, as in: headrace … < FILE");
        }
        return value;
    }
}
