package io.headrace.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command {@code headrace}. */
@Command(
        name = "headrace",
        description = "Builds, tests and deploys: runs pipelines on a Headrace server.",
        mixinStandardHelpOptions = true,
        version = "headrace 0.1.0",
        subcommands = {
            LoginCommand.class,
            ProjectCommand.class,
            SecretCommand.class,
            CredentialCommand.class,
            RunCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            RerunCommand.class,
            ArtifactsCommand.class,
            QueueCommand.class,
            PoolsCommand.class,
            LocksCommand.class,
            DeadLettersCommand.class,
            BreakersCommand.class,
            WorkersCommand.class,
            PluginCommand.class,
            BackupCommand.class,
            LintCommand.class,
            PlanCommand.class,
            ExplainCommand.class,
            FmtCommand.class,
            SchemaCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Cli implements Runnable {

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "The server; also HEADRACE_URL.")
    private @Nullable String url;

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            description = "An API token; better given by HEADRACE_TOKEN.")
    private @Nullable String token;

    private final Map<String, String> environment;
    private final Terminal terminal;

    Cli(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.terminal = new Terminal(out, environment);
    }

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        var out = utf8(FileDescriptor.out, false);
        var err = utf8(FileDescriptor.err, true);
        var code = execute(System.getenv(), out, err, arguments);
        out.flush();
        System.exit(code);
    }

    /** Runs a command; see {@link ExitCode} for what it returns. */
    static int execute(
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            String... arguments) {
        var line = commandLine(environment, out);
        line.setOut(writer(out));
        line.setErr(writer(err));
        line.setParameterExceptionHandler((e, _) -> misused(e, err));
        line.setExecutionExceptionHandler((e, _, _) -> failed(e, err));
        return line.execute(arguments);
    }

    /** Returns all commands, to be parsed with. */
    static CommandLine commandLine(Map<String, String> environment, PrintStream out) {
        var line = new CommandLine(new Cli(environment, out));
        // A file's content must never become arguments by a mere '@'.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static PrintStream utf8(FileDescriptor file, boolean flushing) {
        return new PrintStream(new FileOutputStream(file), flushing, StandardCharsets.UTF_8);
    }

    private static int misused(ParameterException e, PrintStream err) {
        err.println("headrace: " + e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, writer(err))) {
            err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.INVALID;
    }

    private static int failed(Exception e, PrintStream err) {
        if (e instanceof CliException known) {
            err.println("headrace: " + known.getMessage());
            return known.exitCode();
        }
        err.println("headrace: %s; this is a defect, please report it".formatted(e));
        return ExitCode.ERRORED;
    }

    /** Prints the help: the program does nothing by itself. */
    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }

    Server server() {
        return new Server(Login.find(url, token, environment));
    }

    @Nullable String url() {
        return url;
    }

    @Nullable String token() {
        return token;
    }

    Map<String, String> environment() {
        return environment;
    }

    Terminal terminal() {
        return terminal;
    }
}
