package io.headrace.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a token and remembers it. */
@Command(
        name = "login",
        description = "Remembers a server and an API token: headrace login URL --token TOKEN",
        mixinStandardHelpOptions = true)
final class LoginCommand extends ServerCommand {

    @Parameters(paramLabel = "URL", description = "The server's address.")
    private String address = "";

    @Override
    public Integer call() throws IOException {
        var token = root().token();
        if (token == null || token.isBlank()) {
            throw new CliException(
                    ExitCode.INVALID,
                    "--token is missing. Make a token under Profile at %s".formatted(address));
        }
        var login = new Login(Login.trimmed(address), token.strip());
        var me = new Server(login).get("/me");
        login.save(root().environment());
        terminal().line("Logged in to %s as %s".formatted(login.url(), text(me, "name")));
        return ExitCode.SUCCEEDED;
    }
}
