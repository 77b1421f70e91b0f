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
public final class PatientResponse extends HttpServletResponseWrapper {

    public PatientResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Patient(super.getOutputStream());
    }

    private interface Writing {

        void run() throws IOException;
    }

    private static final class Patient extends ServletOutputStream {

        private final ServletOutputStream out;
        private boolean gone;

        Patient(ServletOutputStream out) {
            this.out = out;
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
            attempt(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            attempt(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            if (!gone) {
                attempt(out::flush);
            }
        }

        @Override
        public void close() throws IOException {
            if (!gone) {
                attempt(out::close);
            }
        }

        private void attempt(Writing writing) throws IOException {
            try {
                writing.run();
            } catch (IOException e) {
                gone = true;
                throw new ReaderGone(e);
            }
        }
    }
}
