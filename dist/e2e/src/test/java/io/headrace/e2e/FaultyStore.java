package io.headrace.e2e;

import io.headrace.engine.StoreException;
import io.headrace.engine.Stores;
import io.headrace.engine.run.RunStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store of runs each of whose calls can fail: before anything was done, or after it was, so that
 * the caller does not learn of it. It covers every method, as it knows none.
 */
final class FaultyStore implements InvocationHandler {

    private final RunStore real;
    private final Function<Method, Fault> chooser;
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();

    /** What becomes of a call. */
    enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    FaultyStore(RunStore real, Function<Method, Fault> chooser) {
        this.real = real;
        this.chooser = chooser;
    }

    /** Returns how often each method failed, by its name. */
    Map<String, Integer> failed() {
        return Map.copyOf(failed);
    }

    RunStore runs() {
        return proxy(RunStore.class, this);
    }

    /** Returns {@code stores} with this one in place of its runs. */
    Stores in(Stores stores) {
        var runs = runs();
        return proxy(
                Stores.class,
                (_, method, arguments) ->
                        method.getName().equals("runs") ? runs : call(stores, method, arguments));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        var fault = chooser.apply(method);
        if (fault == Fault.NONE) {
            return call(real, method, arguments);
        }
        failed.merge(method.getName(), 1, Integer::sum);
        if (fault == Fault.AFTER) {
            var answer = call(real, method, arguments);
            if (answer instanceof CompletionStage<?> stage) {
                return stage.thenApply(_ -> {
                    throw lost(method);
                });
            }
        }
        if (CompletionStage.class.isAssignableFrom(method.getReturnType())) {
            return CompletableFuture.failedFuture(lost(method));
        }
        throw lost(method);
    }

    private static StoreException lost(Method method) {
        return new StoreException("The test lets '" + method.getName() + "' fail");
    }

    private static @Nullable Object call(
            Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
