package io.headrace.ui.cdi;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.server.VaadinService;
import io.headrace.engine.Headrace;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.Unmanaged;
import java.lang.reflect.Modifier;

/**
 * Makes components, and whatever else Vaadin asks for, with their dependencies injected. Components
 * are no beans: each visit gets its own, and Vaadin forgets them.
 */
final class CdiInstantiator extends DefaultInstantiator {

    private static final long serialVersionUID = 1L;

    CdiInstantiator(VaadinService service) {
        super(service);
    }

    @Override
    public <T> T getOrCreate(Class<T> type) {
        if (!Component.class.isAssignableFrom(type)) {
            var beans = CDI.current().select(type, Any.Literal.INSTANCE);
            if (beans.isResolvable()) {
                return beans.get();
            }
            if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
                return super.getOrCreate(type);
            }
        }
        return created(type);
    }

    @Override
    public <T extends Component> T createComponent(Class<T> type) {
        return created(type);
    }

    private static <T> T created(Class<T> type) {
        // Pages of plugins are made by the plugin's own rules.
        if (!CdiInstantiator.class.getClassLoader().equals(type.getClassLoader())) {
            var plugins = CDI.current().select(Headrace.class).get().plugins();
            var view = plugins.newView(type);
            if (view.isPresent()) {
                return view.get();
            }
        }
        return new Unmanaged<>(CDI.current().getBeanManager(), type)
                .newInstance()
                .produce()
                .inject()
                .postConstruct()
                .get();
    }
}
