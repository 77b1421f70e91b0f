package io.headrace.operator;

import io.headrace.engine.Home;
import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The commands of {@code java -jar headrace.war COMMAND}. */
public final class Operator {

    static final String HELP =
            """
            Usage: java -jar headrace.war COMMAND [--home DIR]

              db export FILE   copy the database into a file
              db import FILE   fill an empty database from a file, of the same kind or another
              db check         look whether the rows of the database fit together; --json prints JSON
              backup verify FILE
                               look whether a backup or an export is as it was written
              restore FILE     put a backup into an empty home; its passphrase is read from the variable
                               HEADRACE_BACKUP_PASSPHRASE or from the standard input
              help             print this

            'headrace backup FILE' of the command line makes a backup of a server that runs.

            The database is that of the configuration in DIR (--home, the variable HEADRACE_HOME, or
            ~/.headrace). Stop the server first; one that uses PostgreSQL may go on, except for import.

            Exit codes: 0 done, 1 the check found something, 2 a wrong command line or file, 3 it could
            not be done.
            """;

    static final int DONE = 0;
    static final int FOUND = 1;
    static final int WRONG = 2;
    static final int FAILED = 3;

    private final Home home;
    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param environment variables that win over the configuration file
     */
    Operator(
            Home home,
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err) {
        this.home = home;
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a command; called by {@code io.headrace.Main}.
     *
     * @param words the command and what belongs to it; the home is in the property {@code
     *     headrace.home}
     * @return what the process exits with
     */
    public static int run(String[] words) {
        if (System.getenv("HEADRACE_LOG_LEVEL") == null) {
            // What is asked for is what is to be read; not what a server would tell besides.
            System.setProperty("HEADRACE_LOG_LEVEL", "WARN");
        }
        var home = new Home(Path.of(Objects.requireNonNull(System.getProperty("headrace.home"))));
        return new Operator(
                        home,
                        System.getenv(),
                        System.in,
                        new PrintStream(System.out, true, StandardCharsets.UTF_8),
                        new PrintStream(System.err, true, StandardCharsets.UTF_8))
                .run(List.of(words));
    }

    int run(List<String> words) {
        try {
            return dispatch(words);
        } catch (Refused e) {
            err.println("headrace: " + e.getMessage());
            return WRONG;
        } catch (StoreException | IOException | UncheckedIOException e) {
            err.println("headrace: " + (e.getMessage() == null ? e : e.getMessage()));
            return FAILED;
        }
    }

    private int dispatch(List<String> words) throws IOException {
        var rest = new ArrayList<>(words);
        var json = rest.remove("--json");
        var options = rest.stream().filter(word -> word.startsWith("-")).toList();
        var command = String.join(" ", rest.subList(0, Math.min(2, rest.size())));
        if (rest.getFirst().equals("help") || rest.contains("--help") || rest.contains("-h")) {
            out.print(HELP);
            return DONE;
        }
        if (!options.isEmpty()) {
            throw Refused.invalid(
                    "'%s' is not an option; 'help' lists those that are"
                            .formatted(options.getFirst()));
        }
        var database = new DatabaseCommands(home, environment, out, err);
        return switch (command) {
            case "db export" -> database.export(file(rest));
            case "db import" -> database.load(file(rest));
            case "db check" -> database.check(json);
            case "backup verify" -> backups().verify(file(rest));
            case String restore when rest.getFirst().equals("restore") ->
                    backups().restore(file(rest));
            default ->
                    throw Refused.invalid(
                            "'%s' is not a command; 'help' lists those that are"
                                    .formatted(command));
        };
    }

    private BackupCommands backups() {
        return new BackupCommands(home, environment, in, out, err);
    }

    private static Path file(List<String> words) {
        var before = words.getFirst().equals("restore") ? 1 : 2;
        if (words.size() != before + 1) {
            throw Refused.invalid(
                    "Name one file, such as: %s headrace.zip"
                            .formatted(String.join(" ", words.subList(0, before))));
        }
        return Path.of(words.getLast());
    }
}
