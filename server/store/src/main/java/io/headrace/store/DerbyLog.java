package io.headrace.store;

import java.io.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Derby writes what it has to say, instead of a file in the working directory. */
public final class DerbyLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.headrace.store.derby");

    private DerbyLog() {}

    /** Called by Derby, which finds it by its name. */
    public static Writer writer() {
        return new Writer() {

            @Override
            public void write(char[] text, int offset, int length) {
                var line = new String(text, offset, length).strip();
                if (!line.isEmpty()) {
                    LOG.debug("{}", line);
                }
            }

            @Override
            public void flush() {
                // Each write is a whole message already.
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
