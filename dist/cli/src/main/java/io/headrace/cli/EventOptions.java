package io.headrace.cli;

import io.headrace.language.PlanEvent;
import io.headrace.language.expression.Undefined;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a file is planned for. */
final class EventOptions {

    @Option(
            names = "--event",
            defaultValue = "manual",
            description =
                    "push, pull_request, tag, manual, api, schedule or upstream; default:"
                            + " ${DEFAULT-VALUE}")
    private PlanEvent.Type event = PlanEvent.Type.MANUAL;

    @Option(names = "--branch", defaultValue = "main", description = "Default: ${DEFAULT-VALUE}")
    private String branch = "main";

    @Option(names = "--tag", description = "A tag, instead of a branch.")
    private @Nullable String tag;

    @Option(
            names = {"--param", "--var"},
            paramLabel = "K=V",
            description = "A parameter; can be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--changed",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Files that changed; without it, everything counts as changed.")
    private @Nullable List<String> changed;

    @Option(
            names = "--strict",
            description = "Refuse what lacks a name, and jobs that wait for themselves.")
    private boolean strict;

    @Option(
            names = "--undefined",
            paramLabel = "MODE",
            defaultValue = "error",
            description =
                    "What becomes of variables in texts that nobody defined: error, literal or"
                            + " empty; default: ${DEFAULT-VALUE}")
    private Undefined undefined = Undefined.ERROR;

    boolean strict() {
        return strict;
    }

    Undefined undefined() {
        return undefined;
    }

    PlanEvent event() {
        return PlanEvent.supposed("local", event, branch, tag, parameters, changed);
    }

    /** Returns the event in words, such as {@code push to main}. */
    String shown() {
        var name = event.name().toLowerCase(Locale.ROOT);
        return tag == null ? "%s on %s".formatted(name, branch) : "%s %s".formatted(name, tag);
    }
}
