package io.headrace.engine.plugin;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know about a plugin just now. Holds nothing of the plugin's own classes.
 *
 * @param id as its descriptor says; the file's name where the descriptor can't be read
 * @param version semantic; empty where the descriptor can't be read
 * @param description written by the plugin's author, so plain text, never markup; may be empty
 * @param provider who made it, as the author says; may be empty
 * @param reason why it is {@link State#FAILED}, and what to do; null in other states
 * @param extensions what it gives, in no order; empty unless it is started
 * @param hasUi whether its descriptor asks for pages of its own
 * @param size of the zip, in bytes
 * @param sha256 of the zip, 64 lower-case hexadecimal digits
 * @param dependencies ids of the plugins that it needs
 * @param warnings what an administrator should know although it works, such as a name taken twice
 * @param usage calls since it was started last
 */
public record PluginInfo(
        String id,
        String version,
        String description,
        String provider,
        Origin origin,
        State state,
        @Nullable String reason,
        List<ExtensionInfo> extensions,
        boolean hasUi,
        long size,
        String sha256,
        List<String> dependencies,
        List<String> warnings,
        Usage usage) {

    public PluginInfo {
        extensions = List.copyOf(extensions);
        dependencies = List.copyOf(dependencies);
        warnings = List.copyOf(warnings);
    }

    /** Where a plugin comes from. */
    public enum Origin {
        /** Inside the server; can be disabled, not uninstalled. */
        BUNDLED,
        /** Put there by an administrator. */
        INSTALLED
    }

    /** Whether a plugin works. */
    public enum State {
        STARTED,
        DISABLED,
        FAILED
    }

    /**
     * One extension of a plugin.
     *
     * @param id the plugin's id, a slash and the class name; names its settings
     * @param name by which it is selected, such as {@code docker}
     * @param problem why it can't be used although the plugin works, such as a setting that is
     *     missing or a name that another plugin took; null if it can
     * @param configurable whether it has settings
     */
    public record ExtensionInfo(
            String id,
            ExtensionKind kind,
            String name,
            @Nullable String problem,
            boolean configurable) {}

    /**
     * How much a plugin was used.
     *
     * @param calls that ended
     * @param errors those of the calls that ended with an exception that its contract does not name
     * @param time spent in all calls together
     */
    public record Usage(long calls, long errors, Duration time) {

        /** Never called. */
        public static final Usage NONE = new Usage(0, 0, Duration.ZERO);
    }
}
