package io.headrace.engine.plugin;

/**
 * A plugin broke its contract or is not there any more: the operator's to fix. The message names
 * the plugin and is shown to people.
 *
 * <p>Its cause is a copy in words of what the plugin threw, so that whoever keeps this exception
 * does not keep the plugin's classes alive.
 */
public final class PluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String plugin;

    public PluginException(String plugin, String message) {
        super(message);
        this.plugin = plugin;
    }

    public PluginException(String plugin, String message, Throwable cause) {
        super(message, cause);
        this.plugin = plugin;
    }

    /** Returns the id of the plugin. */
    public String plugin() {
        return plugin;
    }
}
