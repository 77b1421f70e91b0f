package io.headrace.web.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Tells a reader who went away from an error: the first write that fails throws {@link ReaderGone},
 * and what is flushed and closed afterwards by those who tidy up is no news any more.
 */
final class PatientResponse extends HttpServletResponseWrapper {

    private final Exchange exchange;

    PatientResponse(HttpServletResponse response, Exchange exchange) {
        super(response);
        this.exchange = exchange;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Patient(super.getOutputStream(), exchange);
    }

    private static final class Patient extends ServletOutputStream {

        private final ServletOutputStream out;
        private final Exchange exchange;

        Patient(ServletOutputStream out, Exchange exchange) {
            this.out = out;
            this.exchange = exchange;
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }

        @Override
        public void write(int b) throws IOException {
            exchange.write(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            exchange.write(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            exchange.tidy(out::flush);
        }

        @Override
        public void close() throws IOException {
            exchange.tidy(out::close);
        }
    }
}
