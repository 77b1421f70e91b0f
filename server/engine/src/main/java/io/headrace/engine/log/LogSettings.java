package io.headrace.engine.log;

/**
 * How logs are kept.
 *
 * @param maxBytes of text in one log, above 0; what a job prints beyond is dropped, and the log
 *     says so
 * @param sync whether a log's end waits until the disk has it, so that it also survives the loss of
 *     power
 */
public record LogSettings(long maxBytes, boolean sync) {

    /** 2 GiB a log; the operating system writes to the disk when it likes. */
    public static final LogSettings DEFAULT = new LogSettings(2L << 30, false);

    public LogSettings {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException(
                    "logs.max-size is above zero, not " + maxBytes + " bytes");
        }
    }
}
