package io.headrace.ui.cdi;

import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.server.VaadinService;
import org.jspecify.annotations.Nullable;

/** Makes pages through CDI. Vaadin finds it by {@code META-INF/services}. */
public final class CdiInstantiatorFactory implements InstantiatorFactory {

    @Override
    public @Nullable Instantiator createInstantitor(VaadinService service) {
        return new CdiInstantiator(service);
    }
}
