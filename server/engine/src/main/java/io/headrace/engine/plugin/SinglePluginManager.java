package io.headrace.engine.plugin;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.AbstractPluginManager;
import org.pf4j.BasePluginRepository;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.VersionManager;

/**
 * PF4J's manager for one unpacked plugin.
 *
 * <p>One manager per plugin, because a shared one can't hold two versions of a plugin while one
 * takes over from the other, silently unloads dependants, keeps what failed a check registered, is
 * not safe for threads, and would show all plugins to each of them. What plugins have to do with
 * each other is decided in {@link Plugins}.
 */
final class SinglePluginManager extends AbstractPluginManager {

    private final PluginManifest manifest;
    private final Path directory;
    private final Map<String, ClassLoader> dependencies;
    private final ApiClassLoader parent;

    /**
     * @param directory where the zip was extracted to
     * @param dependencies loaders of the plugins that this one needs, by id
     */
    SinglePluginManager(
            PluginManifest manifest,
            Path directory,
            Map<String, ClassLoader> dependencies,
            ApiClassLoader parent) {
        super(directory);
        this.manifest = manifest;
        this.directory = directory;
        this.dependencies = Map.copyOf(dependencies);
        this.parent = parent;
        setSystemVersion(PluginManifest.API_VERSION);
    }

    /** Loads the plugin; starts nothing. */
    PluginWrapper load() {
        return getPlugin(loadPlugin(directory));
    }

    /** Nothing to do: dependencies were looked for before this manager was made. */
    @Override
    protected void resolvePlugins() {}

    @Override
    public @Nullable ClassLoader getPluginClassLoader(String id) {
        return id.equals(manifest.id()) ? super.getPluginClassLoader(id) : dependencies.get(id);
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new BasePluginRepository(List.of());
    }

    /** PF4J's own logs what goes wrong and returns null. */
    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> {
            try {
                return wrapper.getPluginClassLoader()
                        .loadClass(manifest.main())
                        .asSubclass(Plugin.class)
                        .getConstructor()
                        .newInstance();
            } catch (InvocationTargetException e) {
                throw new PluginRuntimeException(e.getCause());
            } catch (ReflectiveOperationException | ClassCastException e) {
                throw new PluginRuntimeException(
                        e,
                        "plugin.class {} is no public class that extends org.pf4j.Plugin and has a"
                                + " public constructor without parameters",
                        manifest.main());
            }
        };
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    /** The descriptor was checked already, so it is not read a second time. */
    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public PluginDescriptor find(Path path) {
                return manifest.descriptor();
            }
        };
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new IndexedExtensionFinder(this);
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new NothingDisabled();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new DefaultPluginLoader(this) {
            @Override
            protected PluginClassLoader createPluginClassLoader(
                    Path path, PluginDescriptor descriptor) {
                return new IsolatedLoader(SinglePluginManager.this, descriptor, parent);
            }
        };
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }

    private static final class NothingDisabled implements PluginStatusProvider {

        @Override
        public boolean isPluginDisabled(String id) {
            return false;
        }

        @Override
        public void disablePlugin(String id) {
            throw new UnsupportedOperationException("The server decides what is disabled");
        }

        @Override
        public void enablePlugin(String id) {
            throw new UnsupportedOperationException("The server decides what is enabled");
        }
    }

    /** Takes the API from the server always, all else from the plugin first. */
    private static final class IsolatedLoader extends PluginClassLoader {

        private final ApiClassLoader api;

        IsolatedLoader(
                SinglePluginManager manager, PluginDescriptor descriptor, ApiClassLoader api) {
            super(manager, descriptor, api, ClassLoadingStrategy.PDA);
            this.api = api;
        }

        @Override
        protected boolean shouldDelegateToParent(String className) {
            return api.owns(className);
        }
    }
}
