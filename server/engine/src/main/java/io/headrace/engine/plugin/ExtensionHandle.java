package io.headrace.engine.plugin;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an extension by its kind and name, whichever plugin and version gives it at the moment
 * of a call.
 */
final class ExtensionHandle implements InvocationHandler {

    /** Tells which extension has a name just now. */
    interface Lookup {

        @Nullable Found find(ExtensionKind kind, String name);
    }

    /** An extension and the plugin that it belongs to. */
    record Found(RunningPlugin plugin, LoadedExtension extension) {}

    /** More than one upgrade within the time that a look takes is not to be expected. */
    private static final int ATTEMPTS = 3;

    private final Lookup lookup;
    private final ExtensionKind kind;
    private final String name;
    private final String plugin;

    private ExtensionHandle(Lookup lookup, ExtensionKind kind, String name, String plugin) {
        this.lookup = lookup;
        this.kind = kind;
        this.name = name;
        this.plugin = plugin;
    }

    /**
     * Returns a handle.
     *
     * @param type the interface of {@code kind}
     * @param plugin that gives it now, for messages when it is gone
     */
    static <T> T of(Class<T> type, Lookup lookup, ExtensionKind kind, String name, String plugin) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        new ExtensionHandle(lookup, kind, name, plugin)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(new Identity(kind, name), unwrapped(arguments));
        }
        if (method.getName().equals(kind.nameMethod()) && method.getParameterCount() == 0) {
            return name;
        }
        if (method.getName().equals("configure")) {
            throw new UnsupportedOperationException("Settings are changed by setSettings alone");
        }
        var found = lease();
        try {
            if (method.getName().equals("settings")) {
                return found.extension().schema();
            }
            var guard = new Guard(found.plugin());
            return GuardedResult.of(
                    guard, method, guard.call(found.extension().instance(), method, arguments));
        } finally {
            found.plugin().leases().giveBack();
        }
    }

    private Found lease() {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var found = lookup.find(kind, name);
            if (found == null) {
                break;
            }
            var problem = found.extension().unconfigured();
            if (problem != null) {
                throw new PluginException(
                        found.plugin().id(),
                        "The %s '%s' can't be used before its settings are right: %s"
                                .formatted(kind.label(), name, problem));
            }
            if (found.plugin().leases().take()) {
                return found;
            }
        }
        throw new PluginException(
                plugin,
                ("The %s '%s' is not there any more: the plugin '%s' was stopped. Enable it, or"
                                + " install one that has it")
                        .formatted(kind.label(), name, plugin));
    }

    /** For {@code equals}: two handles are equal if they stand for the same. */
    private static Object @Nullable [] unwrapped(Object @Nullable [] arguments) {
        if (arguments != null
                && arguments.length == 1
                && arguments[0] != null
                && Proxy.isProxyClass(arguments[0].getClass())
                && Proxy.getInvocationHandler(arguments[0]) instanceof ExtensionHandle other) {
            return new Object[] {new Identity(other.kind, other.name)};
        }
        return arguments;
    }

    private record Identity(ExtensionKind kind, String name) {

        @Override
        public String toString() {
            return kind.label() + " '" + name + "'";
        }
    }
}
