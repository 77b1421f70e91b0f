package io.headrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The login at a project's repository. */
@Command(
        name = "credential",
        description = "Sets, shows and removes the login at a project's repository.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CredentialCommand.Show.class,
            CredentialCommand.SetLogin.class,
            CredentialCommand.Remove.class
        })
final class CredentialCommand extends CommandGroup {

    private static String path(String project) {
        return "/projects/" + Server.encoded(project) + "/credential";
    }

    /** Shows what may be known of it. */
    @Command(
            name = "show",
            description = "Shows which login is set, without its secret.",
            mixinStandardHelpOptions = true)
    static final class Show extends ServerCommand {

        @Parameters(paramLabel = "PROJECT")
        private String project = "";

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            var login = server().get(path(project));
            if (json) {
                json(login);
            } else if (text(login, "type").equals("none")) {
                terminal()
                        .line(
                                "Project %s has no credential. Set one: headrace credential set %s"
                                        .formatted(project, project));
            } else {
                terminal()
                        .line(
                                "%s%s for %s, set %s by %s"
                                        .formatted(
                                                text(login, "type"),
                                                login.has("user")
                                                        ? " of " + text(login, "user")
                                                        : "",
                                                text(login, "url"),
                                                text(login, "updatedAt"),
                                                text(login, "updatedBy")));
            }
            return ExitCode.SUCCEEDED;
        }
    }

    /** Sets it. */
    @Command(
            name = "set",
            description =
                    "Sets the login; its password or token is asked for or read from standard input,"
                            + " a private key only read.",
            mixinStandardHelpOptions = true)
    static final class SetLogin extends ServerCommand {

        @Parameters(paramLabel = "PROJECT")
        private String project = "";

        @Option(names = "--user", description = "User's name, where the host wants one.")
        private @Nullable String user;

        @Option(names = "--ssh-key", description = "Standard input is a private key.")
        private boolean sshKey;

        @Option(
                names = "--known-hosts",
                paramLabel = "FILE",
                description = "With --ssh-key: the hosts to trust, as ssh-keyscan prints them.")
        private @Nullable Path knownHosts;

        @Override
        public Integer call() throws IOException {
            var body = new LinkedHashMap<String, Object>();
            body.put("type", sshKey ? "ssh-key" : "password");
            if (user != null) {
                body.put("user", user);
            }
            if (knownHosts != null) {
                body.put("knownHosts", read(knownHosts));
            }
            body.put(
                    "secret",
                    sshKey ? SecretInput.readKey() : SecretInput.read("Password or token"));
            server().put(path(project), body);
            terminal().line("Set the credential of project " + project);
            return ExitCode.SUCCEEDED;
        }

        private static String read(Path file) throws IOException {
            try {
                return Files.readString(file);
            } catch (NoSuchFileException e) {
                throw new CliException(ExitCode.INVALID, "There is no file " + file);
            }
        }
    }

    /** Removes it. */
    @Command(
            name = "remove",
            description = "Removes the login at a project's repository.",
            mixinStandardHelpOptions = true)
    static final class Remove extends ServerCommand {

        @Parameters(paramLabel = "PROJECT")
        private String project = "";

        @Override
        public Integer call() {
            server().delete(path(project));
            terminal().line("Removed the credential of project " + project);
            return ExitCode.SUCCEEDED;
        }
    }
}
