package io.headrace.executor.process;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.api.ExecutionRequest;
import io.headrace.api.Executor;
import io.headrace.api.PluginContext;
import io.headrace.api.Setting;
import io.headrace.api.Settings;
import io.headrace.api.SettingsSchema;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Runs commands as processes of the server's user on the server's machine. It keeps jobs apart by
 * their workspaces alone; what a job may do, the server's user may do.
 */
@Extension
public final class ProcessExecutor implements Executor {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

    private static final SettingsSchema SETTINGS =
            SettingsSchema.of(
                    Setting.text(
                            "environment",
                            "PATH,HOME,LANG,LANGUAGE,LC_ALL,LC_CTYPE,TZ,USER,LOGNAME,TMPDIR,"
                                    + "JAVA_HOME",
                            "Names of the server's variables that every command gets, separated by"
                                    + " commas."),
                    Setting.choice(
                            "control-groups",
                            "auto",
                            List.of("auto", "always", "never"),
                            "Which commands a Linux control group (version 2) holds together, where"
                                    + " the server may make one: those that are not over at once,"
                                    + " all (some milliseconds each), or none."));

    private volatile @Nullable State state;

    private record State(Host host, Set<String> environment) {}

    @Override
    public String type() {
        return "process";
    }

    @Override
    public boolean runsImages() {
        return false;
    }

    @Override
    public SettingsSchema settings() {
        return SETTINGS;
    }

    @Override
    public void configure(PluginContext context) {
        try {
            state =
                    new State(
                            Host.detect(
                                    GroupUse.valueOf(
                                            context.settings()
                                                    .text("control-groups")
                                                    .toUpperCase(Locale.ROOT))),
                            names(context.settings()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking at this machine", e);
        }
    }

    private static Set<String> names(Settings settings) {
        return Arrays.stream(settings.text("environment").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Execution open(ExecutionRequest request)
            throws ExecutionException, InterruptedException {
        check(request);
        var now = state();
        var marker = new Marker(request.installation(), request.id());
        return new ProcessExecution(
                now.host(),
                marker,
                request.workspace(),
                new Launch(now.host(), now.environment(), marker, request.workspace()));
    }

    private static void check(ExecutionRequest request) throws ExecutionException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "The process executor works on Linux and macOS, not on Windows; use another");
        }
        if (request.image() != null) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "The process executor can't run the image '%s'; remove it, or let an executor"
                                    .formatted(request.image())
                            + " for containers run the job");
        }
        if (!NAME.matcher(request.id()).matches()
                || !NAME.matcher(request.installation()).matches()) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "The ids '%s' and '%s' must be letters, digits and dashes"
                            .formatted(request.installation(), request.id()));
        }
        if (!request.workspace().isAbsolute() || !Files.isDirectory(request.workspace())) {
            throw new ExecutionException(
                    Kind.LOST, "There is no workspace directory " + request.workspace());
        }
    }

    @Override
    public int sweep(String installation, Predicate<String> isLive) throws InterruptedException {
        return new Sweep(state().host(), installation, isLive).run();
    }

    private State state() {
        var now = state;
        if (now == null) {
            throw new IllegalStateException("Not configured yet");
        }
        return now;
    }
}
