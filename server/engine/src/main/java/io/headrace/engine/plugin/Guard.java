package io.headrace.engine.plugin;

import static java.util.Objects.requireNonNullElse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Calls into one running plugin, for somebody who holds a lease of it. */
final class Guard {

    private final RunningPlugin plugin;

    Guard(RunningPlugin plugin) {
        this.plugin = plugin;
    }

    RunningPlugin plugin() {
        return plugin;
    }

    /**
     * Calls {@code method} of an object of the plugin.
     *
     * @throws Throwable what the method declares, as it is; ours, which came through the plugin; or
     *     a {@link PluginException}
     */
    @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return timed(() -> {
                try {
                    return method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                    throw new Thrown(requireNonNullElse(e.getCause(), e));
                }
            });
        } catch (Thrown e) {
            var cause = e.thrown();
            if (promised(method, cause) || ours(cause)) {
                throw cause;
            }
            throw broken(nameOf(method), cause);
        }
    }

    /**
     * Like {@link #call}, for a piece of work that declares nothing of its own but {@code types}.
     */
    <T extends @Nullable Object> T call(
            String what, Class<? extends Exception> promised, Callable<T> work) throws Exception {
        try {
            return timed(() -> {
                try {
                    return work.call();
                } catch (Throwable e) {
                    throw new Thrown(e);
                }
            });
        } catch (Thrown e) {
            var cause = e.thrown();
            if (cause instanceof Exception exception
                    && (promised.isInstance(cause) || ours(cause))) {
                throw exception;
            }
            throw broken(what, cause);
        }
    }

    /** Makes an object of the plugin on this very thread, which may hold what the object needs. */
    <T> T make(Class<T> type, Object parameter) {
        var start = System.nanoTime();
        try {
            return VirtualCall.here(plugin.loader(), () -> construct(type, parameter));
        } catch (InvocationTargetException e) {
            throw broken("new " + type.getSimpleName(), requireNonNullElse(e.getCause(), e));
        } catch (Throwable e) {
            throw broken("new " + type.getSimpleName(), e);
        } finally {
            plugin.count(System.nanoTime() - start);
        }
    }

    private static <T> T construct(Class<T> type, Object parameter)
            throws ReflectiveOperationException {
        for (var constructor : type.getConstructors()) {
            var parameters = constructor.getParameterTypes();
            if (parameters.length == 1 && parameters[0].isInstance(parameter)) {
                return type.cast(constructor.newInstance(parameter));
            }
        }
        return type.getConstructor().newInstance();
    }

    /** The plugin's classes are known to the thread as its context for this long. */
    private <T extends @Nullable Object> T timed(Callable<T> work) throws Exception {
        var start = System.nanoTime();
        try {
            return VirtualCall.run(plugin.id(), plugin.loader(), work);
        } finally {
            plugin.count(System.nanoTime() - start);
        }
    }

    PluginException returnedNull(Method method) {
        return broken(nameOf(method), new NullPointerException("it returned null"));
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private PluginException broken(String what, Throwable cause) {
        plugin.countError();
        var words = Words.copyOf(cause);
        var message =
                "The plugin '%s' %s broke in %s: %s"
                        .formatted(plugin.id(), plugin.manifest().version(), what, Words.of(cause));
        LoggerFactory.getLogger(Guard.class).warn(message, words);
        return new PluginException(plugin.id(), message, words);
    }

    private static boolean promised(Method method, Throwable thrown) {
        return Arrays.stream(method.getExceptionTypes()).anyMatch(type -> type.isInstance(thrown));
    }

    /** An exception that no plugin can see, so it was thrown by us when the plugin called back. */
    private static boolean ours(Throwable thrown) {
        var type = thrown.getClass();
        return Guard.class.getClassLoader().equals(type.getClassLoader())
                && type.getName().startsWith("io.headrace.")
                && !type.getName().startsWith("io.headrace.api.");
    }
}
