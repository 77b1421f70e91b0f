package io.headrace.engine.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.api.AdminPage;
import io.headrace.api.Configurable;
import io.headrace.api.SettingsSchema;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginWrapper;
import org.pf4j.processor.ExtensionStorage;

/** Unpacks a plugin, loads it in isolation, starts it and makes its extensions. */
final class PluginStarter {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_NAME = 60;

    private final PluginFolders folders;
    private final SettingsKeeper settings;
    private final Duration limit;
    private final ApiClassLoader api;
    private final ApiClassLoader apiWithUi;
    private final boolean hostHasUi;

    /**
     * @param host shows the API, and Vaadin where there is a user interface
     * @param limit for the plugin's start, its extensions included
     */
    PluginStarter(
            PluginFolders folders, SettingsKeeper settings, ClassLoader host, Duration limit) {
        this.folders = folders;
        this.settings = settings;
        this.limit = limit;
        this.api = new ApiClassLoader(host, false);
        this.apiWithUi = new ApiClassLoader(host, true);
        this.hostHasUi = host.getResource("com/vaadin/flow/component/Component.class") != null;
    }

    /**
     * Starts a plugin.
     *
     * @param dependencies loaders of the plugins that it needs, by id
     * @throws PluginException if it does not start; nothing is left of it then
     * @throws io.headrace.engine.Refused if its zip turns out to be damaged
     * @throws IOException if it can't be unpacked
     */
    RunningPlugin start(PluginZip zip, Map<String, ClassLoader> dependencies) throws IOException {
        var manifest = zip.manifest();
        // Never a directory of an earlier extraction: it may have been changed since.
        var directory = folders.work().resolve(zip.sha256() + "-" + UUID.randomUUID());
        try {
            zip.extract(directory);
            Files.createDirectories(folders.data().resolve(manifest.id()));
        } catch (IOException | RuntimeException e) {
            PluginFiles.deleteTree(directory);
            throw e;
        }
        var manager =
                new SinglePluginManager(
                        manifest, directory, dependencies, manifest.ui() ? apiWithUi : api);
        var wrapper = manager.load();
        var loader = (URLClassLoader) wrapper.getPluginClassLoader();
        var started = false;
        try {
            var plugin =
                    Bounded.call(
                            manifest.id(),
                            "start",
                            loader,
                            limit,
                            () -> boot(zip, directory, dependencies.keySet(), wrapper, loader));
            started = true;
            return plugin;
        } catch (Thrown e) {
            if (e.thrown() instanceof PluginException ours) {
                throw ours;
            }
            throw new PluginException(
                    manifest.id(),
                    "The plugin '%s' %s does not start: %s"
                            .formatted(manifest.id(), manifest.version(), Words.of(e.thrown())),
                    Words.copyOf(e.thrown()));
        } finally {
            if (!started) {
                RunningPlugin.release(loader, directory);
            }
        }
    }

    /** Runs in the plugin's own thread. */
    private RunningPlugin boot(
            PluginZip zip,
            Path directory,
            Set<String> dependencies,
            PluginWrapper wrapper,
            URLClassLoader loader)
            throws Exception {
        var plugin = wrapper.getPlugin();
        plugin.start();
        try {
            var extensions = extensions(zip.manifest(), loader);
            return new RunningPlugin(zip, directory, dependencies, loader, plugin, extensions);
        } catch (Throwable e) {
            stopAfter(plugin, e);
            throw e;
        }
    }

    private static void stopAfter(Plugin plugin, Throwable problem) {
        try {
            plugin.stop();
        } catch (Throwable second) {
            problem.addSuppressed(second);
        }
    }

    private List<LoadedExtension> extensions(PluginManifest manifest, URLClassLoader loader)
            throws Exception {
        var names = new TreeSet<String>();
        // Of the plugin's own jars only: PF4J's finder would take those of its dependencies too.
        for (URL index :
                Collections.list(
                        loader.findResources(IndexedExtensionFinder.EXTENSIONS_RESOURCE))) {
            var connection = index.openConnection();
            // The JDK's cache would keep the jar open after the plugin is gone.
            connection.setUseCaches(false);
            try (var reader = new InputStreamReader(connection.getInputStream(), UTF_8)) {
                ExtensionStorage.read(reader, names);
            }
        }
        if (names.isEmpty() && manifest.main().equals(Plugin.class.getName())) {
            throw problem(
                    manifest,
                    "it has no extensions. Mark its classes with @Extension, and have PF4J's"
                            + " annotation processor write %s when they are compiled"
                                    .formatted(IndexedExtensionFinder.EXTENSIONS_RESOURCE));
        }
        var extensions = new ArrayList<LoadedExtension>();
        for (var name : names) {
            var type = Class.forName(name, true, loader);
            if (Configurable.class.isAssignableFrom(type)) {
                extensions.add(extension(manifest, type.asSubclass(Configurable.class)));
            }
        }
        return extensions;
    }

    private LoadedExtension extension(PluginManifest manifest, Class<? extends Configurable> type)
            throws Exception {
        var id = manifest.id() + "/" + type.getName();
        var instance = instance(manifest, type);
        var schema = instance.settings();
        if (schema == null) {
            throw problem(manifest, type.getName() + ".settings returned null");
        }
        var unconfigured = settings.apply(id, instance, schema, settings.stored(id));
        var names = new EnumMap<ExtensionKind, String>(ExtensionKind.class);
        for (var kind : ExtensionKind.values()) {
            if (kind.type().isInstance(instance) && isOffered(kind)) {
                names.put(kind, checked(manifest, kind, kind.nameOf(instance)));
            }
        }
        var page =
                instance instanceof AdminPage adminPage ? page(manifest, adminPage, schema) : null;
        return new LoadedExtension(id, instance, schema, names, page, unconfigured);
    }

    /**
     * Without a user interface there are no pages, but the plugin's other extensions still work.
     */
    private boolean isOffered(ExtensionKind kind) {
        return kind != ExtensionKind.ADMIN_PAGE || hostHasUi;
    }

    private static Page page(PluginManifest manifest, AdminPage page, SettingsSchema schema) {
        if (!manifest.ui()) {
            throw problem(
                    manifest,
                    "it has a page but sees no user interface; write headrace.ui=true into "
                            + PluginManifest.FILE);
        }
        var title = page.title();
        if (title == null || title.isBlank() || title.length() > MAX_NAME) {
            throw problem(
                    manifest,
                    "its page has no title, or one of more than " + MAX_NAME + " characters");
        }
        if (page.view() == null) {
            throw problem(manifest, page.getClass().getName() + ".view returned null");
        }
        return new Page(page.path(), title, page.view(), schema);
    }

    private static Configurable instance(
            PluginManifest manifest, Class<? extends Configurable> type) throws Exception {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException _) {
            throw problem(
                    manifest,
                    type.getName()
                            + " can't be made; it must be a public class with a public constructor"
                            + " without parameters");
        }
    }

    private static String checked(PluginManifest manifest, ExtensionKind kind, String name) {
        if (name == null || name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw problem(
                    manifest,
                    "its %s is called '%s'; names have up to %d lower-case letters and digits, with single dashes between them"
                            .formatted(
                                    kind.label(), ZipNames.shown(String.valueOf(name)), MAX_NAME));
        }
        return name;
    }

    private static PluginException problem(PluginManifest manifest, String problem) {
        return new PluginException(
                manifest.id(),
                "The plugin '%s' %s does not start: %s"
                        .formatted(manifest.id(), manifest.version(), problem));
    }
}
