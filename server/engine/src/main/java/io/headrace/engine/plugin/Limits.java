package io.headrace.engine.plugin;

import java.time.Duration;

/**
 * How long the server waits for plugins.
 *
 * @param start for a plugin's start, its extensions and their settings included
 * @param stop for its stop method
 * @param drain for calls under way, before it is stopped
 * @param glance for questions that should need no time, such as whether it knows a URL
 */
record Limits(Duration start, Duration stop, Duration drain, Duration glance) {

    static final Limits DEFAULT =
            new Limits(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5));
}
