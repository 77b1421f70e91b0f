package io.headrace.web.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request that is given back to its container only when nobody writes the answer any more. */
final class PatientRequest extends HttpServletRequestWrapper {

    private final Exchange exchange;

    PatientRequest(HttpServletRequest request, Exchange exchange) {
        super(request);
        this.exchange = exchange;
    }

    @Override
    public AsyncContext startAsync() {
        return watched(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return watched(super.startAsync(request, response));
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new Patient(super.getAsyncContext(), exchange);
    }

    private AsyncContext watched(AsyncContext context) {
        context.addListener(new Watch(exchange));
        return new Patient(context, exchange);
    }

    private record Watch(Exchange exchange) implements AsyncListener {

        @Override
        public void onError(AsyncEvent event) {
            exchange.giveBack(event.getAsyncContext(), event.getThrowable());
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            exchange.giveBack(event.getAsyncContext(), event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) {
            exchange.end(event.getThrowable());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Begun again by nobody.
        }
    }

    private record Patient(AsyncContext context, Exchange exchange) implements AsyncContext {

        @Override
        public ServletRequest getRequest() {
            return context.getRequest();
        }

        @Override
        public ServletResponse getResponse() {
            return context.getResponse();
        }

        @Override
        public boolean hasOriginalRequestAndResponse() {
            return context.hasOriginalRequestAndResponse();
        }

        @Override
        public void dispatch() {
            context.dispatch();
        }

        @Override
        public void dispatch(String path) {
            context.dispatch(path);
        }

        @Override
        public void dispatch(ServletContext servlets, String path) {
            context.dispatch(servlets, path);
        }

        @Override
        public void complete() {
            exchange.complete(context);
        }

        @Override
        public void start(Runnable task) {
            context.start(task);
        }

        @Override
        public void addListener(AsyncListener listener) {
            context.addListener(listener);
        }

        @Override
        public void addListener(
                AsyncListener listener,
                @Nullable ServletRequest request,
                @Nullable ServletResponse response) {
            context.addListener(listener, request, response);
        }

        @Override
        public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
            return context.createListener(type);
        }

        @Override
        public void setTimeout(long millis) {
            context.setTimeout(millis);
        }

        @Override
        public long getTimeout() {
            return context.getTimeout();
        }
    }
}
