package io.headrace.api;

import java.nio.file.Path;

/**
 * What the server gives to an extension.
 *
 * @param dataDirectory a directory of this plugin alone; it exists and survives upgrades and
 *     restarts of both plugin and server
 * @param settings the values that an administrator gave, defaults filled in, checked by the schema
 */
public record PluginContext(Path dataDirectory, Settings settings) {}
