package io.headrace.engine.plugin;

import io.headrace.api.AdminPage;
import io.headrace.api.ArtifactStore;
import io.headrace.api.Executor;
import io.headrace.api.ScmProvider;
import io.headrace.api.StepAction;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plugins of a server: finds, installs, starts, stops and removes them while it runs, and hands
 * out their extensions.
 *
 * <p><b>Extensions</b> are handed out as guarded handles, which can be kept for ever and keep
 * nothing of the plugin alive. Each call goes to the plugin as it is at that moment. Whatever a
 * plugin throws that its contract does not name, errors included, becomes a {@link
 * PluginException}; so does a call to a plugin that is gone. Calls run on the caller's thread if it
 * is a virtual one, on a new virtual thread otherwise; an interrupt of the caller reaches the
 * plugin in both cases. No lock is held meanwhile.
 *
 * <p><b>Changes</b> ({@link #install}, {@link #enable}, {@link #disable}, {@link #uninstall},
 * {@link #setSettings}) happen one after the other, and each survives a crash in its middle. Calls
 * under way when a plugin is stopped are left to finish with the old classes.
 *
 * <p>Isolation is against accidents: a plugin runs in the server's process, with all its rights.
 */
public final class Plugins implements AutoCloseable {

    /**
     * Prepares, but starts nothing.
     *
     * @param records keeps what administrators decided
     * @param cipher encrypts secret settings before they go to {@code records}
     */
    public Plugins(PluginFolders folders, PluginRecords records, SettingsCipher cipher) {}

    /**
     * Starts all plugins that are not disabled. One that can't be started is {@link
     * PluginInfo.State#FAILED} and stops nothing else.
     *
     * @throws IOException if the folders can't be read or made
     */
    public void start() throws IOException {}

    /** Returns all plugins, sorted by id. */
    public List<PluginInfo> list() {
        return List.of();
    }

    public Optional<PluginInfo> find(String id) {
        return Optional.empty();
    }

    /** Installs or upgrades as {@link #install(InputStream, boolean)} does; never downgrades. */
    public PluginInfo install(InputStream zip) throws IOException {
        return install(zip, false);
    }

    /**
     * Installs a plugin, or replaces the one with the same id, and starts it. The old one is kept
     * until the new one has started, and stays if that fails. One with the id of a bundled plugin
     * takes its place until it is uninstalled. A plugin that was disabled is enabled by this.
     *
     * @param zip read to its end, not closed
     * @param allowDowngrade whether an older version may replace a newer one
     * @throws io.headrace.engine.Refused if the zip is no valid plugin, or it does not start;
     *     nothing is changed then
     * @throws IOException if reading or writing failed; nothing is changed then
     */
    public PluginInfo install(InputStream zip, boolean allowDowngrade) throws IOException {
        return find("").orElseThrow();
    }

    /**
     * Starts a plugin that is disabled or failed, now and at each start of the server.
     *
     * @throws io.headrace.engine.Refused if there is no such plugin
     */
    public PluginInfo enable(String id) {
        return find(id).orElseThrow();
    }

    /**
     * Stops a plugin and keeps it from starting. Its settings and data stay.
     *
     * @throws io.headrace.engine.Refused if there is no such plugin, or others need it
     */
    public PluginInfo disable(String id) {
        return find(id).orElseThrow();
    }

    /**
     * Stops and removes an installed plugin. Its settings and data stay. A bundled plugin whose
     * place it took is started.
     *
     * @throws io.headrace.engine.Refused if there is no such plugin, it is bundled, or others need
     *     it
     * @throws IOException if its file can't be deleted
     */
    public void uninstall(String id) throws IOException {}

    /** Returns the names that {@link #executor} and its like would find, sorted. */
    public List<String> names(ExtensionKind kind) {
        return List.of();
    }

    public Optional<Executor> executor(String type) {
        return Optional.empty();
    }

    public Optional<ArtifactStore> artifactStore(String type) {
        return Optional.empty();
    }

    public Optional<ScmProvider> scm(String type) {
        return Optional.empty();
    }

    /** Returns the provider that recognises {@code url}: the first by name if more than one do. */
    public Optional<ScmProvider> scmFor(String url) {
        return Optional.empty();
    }

    public Optional<StepAction> action(String name) {
        return Optional.empty();
    }

    /**
     * Returns the pages of all plugins, sorted by title. Their {@link AdminPage#view()} are classes
     * of plugins: let go of them when {@link #onChange} tells that they are gone.
     */
    public List<AdminPage> pages() {
        return List.of();
    }

    /**
     * Makes the view of a page: with its page's extension if the constructor takes it, with nothing
     * otherwise.
     *
     * @return empty if {@code view} is not the {@link AdminPage#view()} of any page just now
     */
    public <T> Optional<T> newView(Class<T> view) {
        return Optional.empty();
    }

    /**
     * Calls {@code listener} after each change of plugins, on the thread that made the change,
     * without a lock. Exceptions of the listener are logged.
     */
    public void onChange(Runnable listener) {}

    /**
     * Returns an extension's settings, without its secrets.
     *
     * @param extension a {@link PluginInfo.ExtensionInfo#id()} of a started plugin
     * @throws io.headrace.engine.Refused if there is no such extension
     */
    public ExtensionSettings settings(String extension) {
        return new ExtensionSettings(
                extension, io.headrace.api.SettingsSchema.NONE, Map.of(), java.util.Set.of());
    }

    /**
     * Replaces an extension's settings and tells the extension. A setting that is not given goes
     * back to its default; a secret that is not given stays, and an empty one is removed.
     *
     * @throws io.headrace.engine.Refused if there is no such extension, or the values are not
     *     right; nothing is changed then
     */
    public ExtensionSettings setSettings(String extension, Map<String, String> values) {
        return new ExtensionSettings(
                extension, io.headrace.api.SettingsSchema.NONE, Map.of(), java.util.Set.of());
    }

    /** Stops all plugins; those that don't stop in time are left behind. */
    @Override
    public void close() {}
}
