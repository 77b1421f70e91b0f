package io.headrace.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.internal.ReflectionCache;
import io.headrace.engine.plugin.Plugins;
import io.headrace.ui.cdi.OnlyOne;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tells open pages when plugins, and with them the pages that they bring, come and go. */
@OnlyOne
public class PluginPages {

    private final Plugins plugins;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Inject
    public PluginPages(Plugins plugins) {
        this.plugins = plugins;
    }

    @PostConstruct
    void listen() {
        plugins.onChange(this::changed);
    }

    /** Calls {@code update}, with the page locked, when plugins changed, until that is closed. */
    public AutoCloseable onChange(UI ui, Runnable update) {
        Runnable listener =
                () -> {
                    try {
                        var _ = ui.access(update::run);
                    } catch (UIDetachedException e) {
                        // The page went away at this moment; there is nobody to tell.
                    }
                };
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends what {@link #onChange} began. */
    public static void end(@Nullable AutoCloseable subscription) {
        if (subscription != null) {
            try {
                subscription.close();
            } catch (Exception e) {
                throw new IllegalStateException("A subscription can always be ended", e);
            }
        }
    }

    private void changed() {
        listeners.forEach(Runnable::run);
        // Vaadin remembers the classes of views, and so would keep the plugin's class loader alive.
        ReflectionCache.clearAll();
    }
}
