package io.headrace.engine.plugin;

import io.headrace.api.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a call to a plugin returned, if it is an object of the plugin that is used further: guarded
 * like the extension itself, with a lease of its own until it is closed.
 */
final class GuardedResult {

    private final Guard guard;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GuardedResult(Guard guard) {
        this.guard = guard;
        guard.plugin().leases().takeAnother();
    }

    /** Returns {@code result}, wrapped if need be. No method of the API may return null. */
    static @Nullable Object of(Guard guard, Method method, @Nullable Object result) {
        if (result == null && method.getReturnType() != void.class) {
            throw guard.returnedNull(method);
        }
        return switch (result) {
            case Execution execution -> new GuardedResult(guard).execution(execution);
            case InputStream stream -> new GuardedResult(guard).stream(stream);
            case Stream<?> stream -> new GuardedResult(guard).stream(stream);
            case null, default -> result;
        };
    }

    private interface Closing {

        void run() throws Exception;
    }

    private void close(Closing closing) throws Exception {
        if (closed.compareAndSet(false, true)) {
            try {
                closing.run();
            } finally {
                guard.plugin().leases().giveBack();
            }
        }
    }

    private Execution execution(Execution target) {
        InvocationHandler handler =
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    if (method.getName().equals("close")) {
                        close(() -> guard.call("close", Exception.class, closer(target)));
                        return null;
                    }
                    if (closed.get()) {
                        if (method.getName().equals("stop")) {
                            return null;
                        }
                        throw new IllegalStateException("This execution was closed");
                    }
                    var result = guard.call(target, method, arguments);
                    return of(guard, method, result);
                };
        return (Execution)
                Proxy.newProxyInstance(
                        Execution.class.getClassLoader(),
                        new Class<?>[] {Execution.class},
                        handler);
    }

    private static Callable<Boolean> closer(AutoCloseable target) {
        return () -> {
            target.close();
            return true;
        };
    }

    private InputStream stream(InputStream target) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return input("read", target::read);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return input("read", () -> target.read(bytes, offset, length));
            }

            @Override
            public int available() throws IOException {
                return input("available", target::available);
            }

            @Override
            public void close() throws IOException {
                try {
                    GuardedResult.this.close(() -> input("close", closer(target)));
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException("Only IOException is let through", e);
                }
            }
        };
    }

    private <T> T input(String what, Callable<T> work) throws IOException {
        try {
            return guard.call("InputStream." + what, IOException.class, work);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Only IOException is let through", e);
        }
    }

    /** Elements are fetched by the plugin, but what is done with them is not its fault. */
    private Stream<?> stream(Stream<?> target) {
        Iterator<?> source = unchecked("iterator", target::iterator);
        var elements =
                new Iterator<Object>() {
                    @Override
                    public boolean hasNext() {
                        return unchecked("hasNext", source::hasNext);
                    }

                    @Override
                    public Object next() {
                        return unchecked("next", source::next);
                    }
                };
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(elements, Spliterator.NONNULL), false)
                .onClose(() -> {
                    try {
                        close(() -> unchecked("close", closer(target)));
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException("Nothing checked is thrown", e);
                    }
                });
    }

    private <T> T unchecked(String what, Callable<T> work) {
        try {
            return guard.call("Stream." + what, UncheckedIOException.class, work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Only UncheckedIOException is let through", e);
        }
    }
}
