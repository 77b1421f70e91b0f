package io.headrace.engine.plugin;

import io.headrace.api.AdminPage;
import io.headrace.api.ArtifactStore;
import io.headrace.api.Executor;
import io.headrace.api.ScmProvider;
import io.headrace.api.StepAction;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger log = LoggerFactory.getLogger(Plugins.class);

    private final PluginChanges changes;
    private final Limits limits;

    /**
     * Prepares, but starts nothing.
     *
     * @param records keeps what administrators decided
     * @param cipher encrypts secret settings before they go to {@code records}
     */
    public Plugins(PluginFolders folders, PluginRecords records, SettingsCipher cipher) {
        this(folders, records, cipher, Limits.DEFAULT);
    }

    Plugins(PluginFolders folders, PluginRecords records, SettingsCipher cipher, Limits limits) {
        this.limits = limits;
        this.changes = new PluginChanges(folders, records, cipher, limits);
    }

    /**
     * Starts all plugins that are not disabled. One that can't be started is {@link
     * PluginInfo.State#FAILED} and stops nothing else.
     *
     * @throws IOException if the folders can't be read or made
     */
    public void start() throws IOException {
        changes.start();
    }

    /** Returns all plugins, sorted by id. */
    public List<PluginInfo> list() {
        var registry = changes.registry();
        return registry.slots().stream().map(registry::info).toList();
    }

    public Optional<PluginInfo> find(String id) {
        var registry = changes.registry();
        return Optional.ofNullable(registry.slot(id)).map(registry::info);
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
        return changes.install(zip, allowDowngrade);
    }

    /**
     * Starts a plugin that is disabled or failed, now and at each start of the server.
     *
     * @throws io.headrace.engine.Refused if there is no such plugin, or it does not start; it is
     *     {@link PluginInfo.State#FAILED} then
     */
    public PluginInfo enable(String id) {
        return changes.enable(id);
    }

    /**
     * Stops a plugin and keeps it from starting. Its settings and data stay.
     *
     * @throws io.headrace.engine.Refused if there is no such plugin, or others need it
     */
    public PluginInfo disable(String id) {
        return changes.disable(id);
    }

    /**
     * Stops and removes an installed plugin. Its settings and data stay. A bundled plugin whose
     * place it took is started.
     *
     * @throws io.headrace.engine.Refused if there is no such plugin, it is bundled, or others need
     *     it
     * @throws IOException if its file can't be deleted
     */
    public void uninstall(String id) throws IOException {
        changes.uninstall(id);
    }

    /** Returns the names that {@link #executor} and its like would find, sorted. */
    public List<String> names(ExtensionKind kind) {
        return changes.registry().names(kind);
    }

    public Optional<Executor> executor(String type) {
        return handle(Executor.class, ExtensionKind.EXECUTOR, type);
    }

    public Optional<ArtifactStore> artifactStore(String type) {
        return handle(ArtifactStore.class, ExtensionKind.ARTIFACT_STORE, type);
    }

    public Optional<ScmProvider> scm(String type) {
        return handle(ScmProvider.class, ExtensionKind.SCM, type);
    }

    /** Returns the provider that recognises {@code url}: the first by name if more than one do. */
    public Optional<ScmProvider> scmFor(String url) {
        return names(ExtensionKind.SCM).stream()
                .filter(type -> recognises(type, url))
                .findFirst()
                .flatMap(this::scm);
    }

    public Optional<StepAction> action(String name) {
        return handle(StepAction.class, ExtensionKind.STEP_ACTION, name);
    }

    /**
     * Returns the pages of all plugins, sorted by title. Their {@link AdminPage#view()} are classes
     * of plugins: let go of them when {@link #onChange} tells that they are gone.
     */
    public List<AdminPage> pages() {
        return changes.registry().pages().stream()
                .<AdminPage>map(Registry.PluginPage::page)
                .sorted(Comparator.comparing(AdminPage::title))
                .toList();
    }

    /**
     * Makes the view of a page: with its page's extension if the constructor takes it, with nothing
     * otherwise.
     *
     * @return empty if {@code view} is not the {@link AdminPage#view()} of any page just now
     */
    public <T> Optional<T> newView(Class<T> view) {
        for (var one : changes.registry().pages()) {
            if (!one.page().view().equals(view) || !one.plugin().leases().take()) {
                continue;
            }
            try {
                return Optional.of(new Guard(one.plugin()).make(view, one.extension().instance()));
            } finally {
                one.plugin().leases().giveBack();
            }
        }
        return Optional.empty();
    }

    /**
     * Calls {@code listener} after each change of plugins, on the thread that made the change,
     * without a lock. Exceptions of the listener are logged.
     */
    public void onChange(Runnable listener) {
        changes.onChange(listener);
    }

    /**
     * Returns an extension's settings, without its secrets.
     *
     * @param extension a {@link PluginInfo.ExtensionInfo#id()} of a started plugin
     * @throws io.headrace.engine.Refused if there is no such extension
     */
    public ExtensionSettings settings(String extension) {
        return changes.settings(extension);
    }

    /**
     * Replaces an extension's settings and tells the extension. A setting that is not given goes
     * back to its default; a secret that is not given stays, and an empty one is removed.
     *
     * @throws io.headrace.engine.Refused if there is no such extension, or the values are not
     *     right; nothing is changed then
     */
    public ExtensionSettings setSettings(String extension, Map<String, String> values) {
        return changes.setSettings(extension, values);
    }

    /** Stops all plugins; those that don't stop in time are left behind. */
    @Override
    public void close() {
        changes.close();
    }

    private <T> Optional<T> handle(Class<T> type, ExtensionKind kind, String name) {
        var found = changes.registry().find(kind, name);
        return found == null
                ? Optional.empty()
                : Optional.of(
                        ExtensionHandle.of(
                                type,
                                (wanted, of) -> changes.registry().find(wanted, of),
                                kind,
                                name,
                                found.plugin().id()));
    }

    private boolean recognises(String type, String url) {
        var found = changes.registry().find(ExtensionKind.SCM, type);
        if (found == null
                || found.extension().unconfigured() != null
                || !found.plugin().leases().take()) {
            return false;
        }
        try {
            return Bounded.call(
                    found.plugin().id(),
                    "say whether it knows a URL",
                    found.plugin().loader(),
                    limits.glance(),
                    () -> ((ScmProvider) found.extension().instance()).recognises(url));
        } catch (Thrown e) {
            found.plugin().countError();
            log.warn(
                    "The plugin '{}' was asked whether it knows a URL, and broke",
                    found.plugin().id(),
                    Words.copyOf(e.thrown()));
            return false;
        } catch (PluginException e) {
            found.plugin().countError();
            log.warn("A plugin is passed over: {}", e.getMessage());
            return false;
        } finally {
            found.plugin().leases().giveBack();
        }
    }
}
